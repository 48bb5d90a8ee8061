import * as z from 'zod';
import { Numeric } from '../shapes';
import type { Entry, NamedChange } from './kind';
import type { ServerGroup } from './server-group-dialect';

export const ServerRow = z.object({
  ServerGroupId: z.string().nullish(),
  ServerId: z.string(),
  ServerIp: z.string().nullish(),
  ServerType: z.string(),
  Port: Numeric.nullish(),
  Weight: Numeric.nullish(),
  Status: z.string().nullish(),
});
export type ServerRow = z.infer<typeof ServerRow>;

/** `alb/sgp-…` names the group `sgp-…`. */
export function parseGroup(kind: string, name: string): string {
  const [own, id, ...rest] = name.split('/');
  if (own !== kind || !id || rest.length > 0) {
    throw new Error(`group: found "${name}"; expected ${kind}/<server group>`);
  }
  return id;
}

/** A card stands in a group once for each of its addresses, so the address is a part of the key. */
export function entryOf(kind: string, id: string, row: ServerRow, group: ServerGroup | undefined): Entry {
  const { ServerId, ServerIp, ServerType, Port, Weight, Status } = row;
  const name = `${kind}/${id}`;
  const port = Port ?? undefined;
  const isByAddress = ServerType !== 'Ecs';
  const ip = isByAddress && ServerIp && ServerIp !== ServerId ? ServerIp : undefined;
  const busy = [Status, group?.status].find((status) => isBusy(status));
  return {
    key: [name, port, ServerId, ip].filter((part) => part !== undefined).join('/'),
    group: name,
    lane: name,
    weight: Weight ?? 100,
    server: {
      id: ServerId,
      type: ServerType,
      ...(ip !== undefined && { ip }),
    },
    ...(port !== undefined && { port }),
    ...(busy && { busy }),
  };
}

/** Whatever is not steady: some material names statuses that the documented list does not have. */
function isBusy(status: string | null | undefined): boolean {
  return status !== null && status !== undefined && status.toLowerCase() !== 'available';
}

/** An update without a weight may set 100. */
export function rowOf(
  { server, port, weight }: NamedChange['servers'][number],
  how: NamedChange['how'],
): Readonly<Record<string, unknown>> {
  return {
    ServerId: server.id,
    ServerType: server.type,
    ...(server.ip !== undefined && { ServerIp: server.ip }),
    ...(port !== undefined && { Port: port }),
    ...(how !== 'remove' && { Weight: weight }),
  };
}

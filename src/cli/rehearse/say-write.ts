import * as z from 'zod';
import type { Write } from '../front-door';

const Server = z.looseObject({
  ServerId: z.string(),
  Port: z.coerce.number().optional(),
  Weight: z.coerce.number().optional(),
});

export interface WeightChange {
  readonly server: string;
  readonly port?: number;
  readonly weight: number;
}

/** The queue's and the journals' own traffic is how the program remembers, not something it does to the cloud. */
export function isDeed({ product, outcome }: Write): boolean {
  return outcome === 'done' && product !== 'mns' && product !== 'oss' && product !== 'person';
}

/** Which weights a call to a load balancer sets; empty for every other call. Servers that are removed get none. */
export function weightsIn({ params, action }: Write): readonly WeightChange[] {
  const text = params['BackendServers'];
  const rows = typeof text === 'string' ? z.array(Server).parse(JSON.parse(text)) : numbered(params);
  const isRemoval = action.startsWith('Remove');
  return rows.map(({ ServerId, Port, Weight = 100 }) => ({
    server: ServerId,
    weight: isRemoval ? 0 : Weight,
    ...(Port !== undefined && { port: Port }),
  }));
}

/** `Servers.1.ServerId`, `Servers.1.Port`, … as ALB and NLB spell a list. */
function numbered(params: Write['params']): readonly z.output<typeof Server>[] {
  const rows = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries(params)) {
    const [, number, field] = /^Servers\.(\d+)\.(\w+)$/.exec(name) ?? [];
    if (number !== undefined && field !== undefined)
      rows.set(number, { ...rows.get(number), [field]: value });
  }
  return z.array(Server).parse([...rows.values()]);
}

/** One write in one line: `slb SetBackendServers lb-bp1web0000001: weight 0`. */
export function sayWrite(write: Write): string {
  const { product, action, target, outcome } = write;
  const weights = weightsIn(write).map(({ port, weight }) =>
    port === undefined ? `${weight}` : `${weight} (port ${port})`,
  );
  const detail = weights.length > 0 ? `: ${sayWeights(action, weights)}` : nameIn(write);
  return `${product} ${action} ${target}${detail}${outcome === 'refused' ? ' (refused)' : ''}`;
}

function sayWeights(action: string, weights: readonly string[]): string {
  return action.startsWith('Remove') ? 'out' : `weight ${weights.join(', ')}`;
}

function nameIn({ action, params }: Write): string {
  const name = params['Name'];
  return action === 'RunCommand' && typeof name === 'string' ? `: ${name}` : '';
}

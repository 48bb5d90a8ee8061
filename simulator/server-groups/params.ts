import type { Call } from '../core/call';
import type { GroupServer, ServerGroup } from '../core/server-groups';
import type { World } from '../core/world';
import type { Dialect } from './dialect';

/** One of `Servers.1`, `Servers.2`, … of a call. */
export interface ServerEntry {
  readonly type: GroupServer['type'];
  readonly serverId: string;
  readonly serverIp?: string;
  readonly port?: number;
  readonly weight?: number;
  readonly description?: string;
}

/** A parameter that must be there. */
export function required(call: Call, dialect: Dialect, name: string): string {
  const value = call.params[name];
  if (value !== undefined && value !== '') return value;
  throw dialect.missing(name);
}

/** The group of this product that the call names. */
export function groupOf(world: World, call: Call, dialect: Dialect): ServerGroup {
  const id = required(call, dialect, 'ServerGroupId');
  const group = world.serverGroups.get(id);
  if (group?.product === dialect.product) return group;
  throw dialect.noGroup();
}

/**
 * Reads the servers of a write, each named once by type, id and port.
 * https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-updateservergroupserversattribute
 */
export function readServers(call: Call, dialect: Dialect, atMost: number): readonly ServerEntry[] {
  const entries: ServerEntry[] = [];
  for (let n = 1; isNamed(call, n); n += 1) entries.push(readServer(call, dialect, n));
  if (entries.length === 0) throw dialect.missing('Servers');
  if (entries.length > atMost) throw dialect.illegal('Servers');
  const keys = entries.map(
    ({ type, serverId, serverIp, port }) => `${type}/${serverId}/${serverIp ?? ''}/${port ?? ''}`,
  );
  if (new Set(keys).size < keys.length) throw dialect.twice();
  return entries;
}

function isNamed(call: Call, n: number): boolean {
  return Object.keys(call.params).some((name) => name.startsWith(`Servers.${n}.`));
}

function readServer(call: Call, dialect: Dialect, n: number): ServerEntry {
  const text = (name: string) => call.params[`Servers.${n}.${name}`] || undefined;
  const type = typeOf(required(call, dialect, `Servers.${n}.ServerType`), dialect);
  const port = number(text('Port'), 0, 65_535, dialect, `Servers.${n}.Port`) ?? dialect.portOf(call.action);
  if (port === undefined && type !== 'Fc') throw dialect.missing(`Servers.${n}.Port`);
  return {
    type,
    serverId: required(call, dialect, `Servers.${n}.ServerId`),
    serverIp: text('ServerIp'),
    port: type === 'Fc' ? undefined : port,
    weight: number(text('Weight'), 0, 100, dialect, `Servers.${n}.Weight`),
    description: text('Description'),
  };
}

const types = ['Ecs', 'Eni', 'Eci', 'Ip', 'Fc'] as const;

function typeOf(text: string, dialect: Dialect): GroupServer['type'] {
  const type = types.find((one) => one === text);
  if (type === undefined) throw dialect.illegal('ServerType');
  return type;
}

function number(
  text: string | undefined,
  min: number,
  max: number,
  dialect: Dialect,
  name: string,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw dialect.illegal(name);
}

import * as z from 'zod';
import { ApiError, type Call } from '../core/call';
import type { LoadBalancer, World } from '../core/world';

/** One entry of the `BackendServers` JSON string; numbers come as numbers or as text. */
export interface BackendEntry {
  readonly serverId: string;
  /** Of a network interface: which of its addresses. */
  readonly serverIp?: string;
  /** `ecs` unless the entry says otherwise. */
  readonly type?: string;
  readonly port?: number;
  readonly weight?: number;
}

/** A parameter that must be there. */
export function required(call: Call, name: string): string {
  const value = call.params[name];
  if (value !== undefined && value !== '') return value;
  throw new ApiError(
    400,
    'MissingParameter',
    `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
  );
}

/**
 * The shared endpoint serves many regions, so each call must say which.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-endpoint
 */
export function checkRegion(world: World, call: Call): void {
  if (required(call, 'RegionId') === world.region) return;
  throw new ApiError(404, 'InvalidRegionId.NotFound', 'The specified RegionId does not exist.');
}

/** The load balancer the call names. */
export function loadBalancerOf(world: World, call: Call): LoadBalancer {
  const found = world.loadBalancers.get(required(call, 'LoadBalancerId'));
  if (found !== undefined) return found;
  throw new ApiError(404, 'InvalidLoadBalancerId.NotFound', 'The specified LoadBalancerId does not exist.');
}

const maxEntries = 20;
const number = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
const entriesSchema = z.array(
  z.object({
    ServerId: z.string().min(1),
    ServerIp: z.string().optional(),
    Type: z.string().optional(),
    Port: number.optional(),
    Weight: number.optional(),
  }),
);

/**
 * Reads the JSON string of backends, at most 20 a call.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-setbackendservers
 */
function readBackends(call: Call): BackendEntry[] {
  const parsed = entriesSchema.safeParse(parseJson(required(call, 'BackendServers')));
  if (!parsed.success) {
    throw new ApiError(400, 'BackendServersMalformed', 'The specified BackendServers is malformed.');
  }
  if (parsed.data.length > maxEntries) {
    throw new ApiError(400, 'TooManyBackendServers', `A call takes at most ${maxEntries} backend servers.`);
  }
  return parsed.data.map(({ ServerId, ServerIp, Type, Port, Weight }) => {
    if (Weight !== undefined && !(Number.isInteger(Weight) && Weight >= 0 && Weight <= 100)) {
      throw new ApiError(400, 'InvalidWeight.Malformed', `The weight ${Weight} is not between 0 and 100.`);
    }
    return { serverId: ServerId, serverIp: ServerIp, type: Type, port: Port, weight: Weight };
  });
}

/** Entries of a call about the default group, which has no ports. */
export function readPortlessBackends(call: Call): BackendEntry[] {
  return readBackends(call).map((entry) => ({ ...entry, port: undefined }));
}

/** Entries of a call about a vServer group: there each must name its port. */
export function readPortedBackends(call: Call): BackendEntry[] {
  const entries = readBackends(call);
  const bad = entries.find(({ port }) => port === undefined || port < 1 || port > 65_535);
  if (bad === undefined) return entries;
  throw new ApiError(
    400,
    'InvalidParameter',
    `The backend ${bad.serverId} needs a Port between 1 and 65535.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

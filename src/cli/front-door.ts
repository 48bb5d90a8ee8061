import * as z from 'zod';
import { BadInput } from './exits';

const Millis = z.number();
const Event = z.object({
  id: z.string(),
  code: z.string(),
  instanceId: z.string(),
  status: z.string(),
  notBefore: Millis.nullable(),
});
const State = z.object({
  now: Millis,
  instances: z.array(
    z.object({ id: z.string(), zone: z.string(), status: z.string(), localDisks: z.array(z.string()) }),
  ),
  events: z.array(Event),
  queues: z.array(z.object({ name: z.string(), visible: z.number() })),
});
export type State = z.output<typeof State>;

const Write = z.object({
  n: z.number(),
  at: Millis,
  product: z.string(),
  action: z.string(),
  target: z.string(),
  params: z.record(z.string(), z.unknown()),
  outcome: z.enum(['done', 'refused']),
});
export type Write = z.output<typeof Write>;

const Push = z.object({ at: Millis, channel: z.enum(['cloudmonitor', 'eventbridge']), body: z.string() });
export type Push = z.output<typeof Push>;

const Span = z.object({ instanceId: z.string(), from: Millis, to: Millis.nullable() });
export type Span = z.output<typeof Span>;

const TrafficHistory = z.object({
  places: z.array(
    z.object({
      group: z.string(),
      server: z.string(),
      port: z.number().nullable(),
      weights: z.array(z.object({ at: Millis, weight: z.number() })),
    }),
  ),
  connections: z.array(z.object({ at: Millis, value: z.number() })),
});
/** Where an instance took traffic, every weight with its instant, and how many connections it had when. */
export type TrafficHistory = z.output<typeof TrafficHistory>;

interface Announcement {
  readonly instanceId: string;
  readonly code: string;
  readonly status?: string;
  readonly notBefore?: number;
  readonly eventId?: string;
  readonly diskId?: string;
  /** What an isolation or a return is followed by once it is carried out follows by itself. */
  readonly damage?: { readonly replaceAfterSeconds: number };
}
export interface FaultRequest {
  readonly name: string;
  readonly product?: string;
  readonly action?: string;
  readonly target?: string;
  readonly nth?: number;
  readonly times?: number;
  readonly options?: Readonly<Record<string, string>>;
}

/** The simulated cloud's front door: looking at its world and moving it, which no real cloud offers. */
export interface FrontDoor {
  state(): Promise<State>;
  moveClock(now: number): Promise<void>;
  /** The earliest instant at which anything changes by itself. */
  next(): Promise<number | null>;
  writes(from: number): Promise<readonly Write[]>;
  pushes(): Promise<readonly Push[]>;
  outOfService(): Promise<readonly Span[]>;
  /** Connections at `points` evenly spaced instants. */
  traffic(
    instanceId: string,
    when: { readonly from: number; readonly to: number; readonly points: number },
  ): Promise<TrafficHistory>;
  announce(event: Announcement): Promise<string>;
  change(eventId: string, change: { readonly status?: string; readonly notBefore?: number }): Promise<void>;
  /** A local disk breaks; its alert, the offer to isolate it and, after `replaceAfterMs`, the new disk follow by themselves. */
  damage(diskId: string, replaceAfterMs: number): Promise<string>;
  /** ECS announces that it takes a spot instance back. */
  reclaim(instanceId: string): Promise<void>;
  /** The instance is gone. */
  release(instanceId: string): Promise<void>;
  fault(fault: FaultRequest): Promise<void>;
  /** Makes these queues, or gives the ones that are there these attributes. */
  deployQueues(queues: readonly object[]): Promise<void>;
}

/** Opens the front door at `http://127.0.0.1:PORT`. Its refusals are `BadInput`: they name what was asked. */
export function openFrontDoor(endpoint: string): FrontDoor {
  const ask = async <T>(method: string, path: string, schema: z.ZodType<T>, body?: object): Promise<T> => {
    const answer = await fetch(`${endpoint}/_sim${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const content: unknown = await answer.json();
    if (answer.ok) return schema.parse(content);
    const { error } = z.object({ error: z.string() }).parse(content);
    throw new BadInput(`simulated cloud: ${error}`);
  };
  const done = z.unknown();
  return {
    state: () => ask('GET', '/state', State),
    moveClock: async (now) => void (await ask('PUT', '/clock', done, { now })),
    next: async () => (await ask('GET', '/next', z.object({ at: Millis.nullable() }))).at,
    writes: async (from) =>
      (await ask('GET', `/writes?from=${from}`, z.object({ writes: z.array(Write) }))).writes,
    pushes: async () => (await ask('GET', '/pushes', z.object({ pushes: z.array(Push) }))).pushes,
    outOfService: async () => (await ask('GET', '/out-of-service', z.object({ spans: z.array(Span) }))).spans,
    traffic: (instanceId, { from, to, points }) =>
      ask('GET', `/instances/${instanceId}/traffic?from=${from}&to=${to}&points=${points}`, TrafficHistory),
    announce: async (event) =>
      (await ask('POST', '/events', z.object({ eventId: z.string() }), event)).eventId,
    change: async (eventId, change) => void (await ask('PATCH', `/events/${eventId}`, done, change)),
    damage: async (diskId, replaceAfterMs) => {
      const how = { replaceAfterSeconds: replaceAfterMs / 1000 };
      return (await ask('POST', `/disks/${diskId}/damage`, z.object({ eventId: z.string() }), how)).eventId;
    },
    reclaim: async (id) => void (await ask('POST', `/instances/${id}/reclaim`, done)),
    release: async (id) => void (await ask('DELETE', `/instances/${id}`, done)),
    fault: async (fault) => void (await ask('POST', '/faults', done, fault)),
    deployQueues: async (queues) => void (await ask('PUT', '/queues', done, { queues })),
  };
}

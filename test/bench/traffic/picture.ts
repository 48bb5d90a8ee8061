import * as z from 'zod';

const State = z.object({
  now: z.number(),
  instances: z.array(z.object({ id: z.string(), status: z.string() })),
  groups: z.array(
    z.object({
      loadBalancer: z.string().optional(),
      product: z.string().optional(),
      group: z.string(),
      server: z.string(),
      instance: z.string().nullish(),
      port: z.number().nullable(),
      weight: z.number(),
      health: z.enum(['normal', 'abnormal']),
    }),
  ),
});

/** A place in which an instance is listed, with the weight that traffic really goes by. */
interface Row {
  readonly group: string;
  readonly name: string;
  readonly instance: string;
  readonly weight: number;
}

/** What the simulated cloud is at an instant, in milliseconds, as far as traffic goes. */
export interface Picture {
  readonly now: number;
  readonly instances: readonly string[];
  /** Whether the instance is Running and its application answers. */
  readonly up: (instance: string) => boolean;
  readonly rows: readonly Row[];
}

/** Looks through the simulator's front door. */
export async function lookAt(endpoint: string): Promise<Picture> {
  const answer = await fetch(`${endpoint}/_sim/state`);
  const { now, instances, groups } = State.parse(await answer.json());
  const rows = groups.map(({ loadBalancer, product, group, server, instance, port, weight, health }) => ({
    group: `${product ?? loadBalancer}/${group}`,
    name: `${server}:${port}`,
    instance: instance ?? server,
    weight,
    health,
  }));
  const running = new Set(instances.filter(({ status }) => status === 'Running').map(({ id }) => id));
  const ill = new Set(rows.filter(({ health }) => health === 'abnormal').map(({ instance }) => instance));
  return {
    now,
    instances: instances.map(({ id }) => id),
    up: (instance) => running.has(instance) && !ill.has(instance),
    rows,
  };
}

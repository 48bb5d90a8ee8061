import * as z from 'zod';
import { acceptedConfiguration } from '../../engine/configuration/in-force';
import { CloudError, type World } from '../../engine/ports';
import { readSweepRecord } from '../../engine/sweep-record';
import { writesNothing } from '../../playbook/observes';
import type { Names } from './names';
import type { Deployment, Generation, Invoked } from './ports';
import { tryDelivery } from './try-delivery';

/** One thing that was tried, and how it went. */
export interface Trial {
  readonly what: string;
  readonly ok: boolean;
  readonly says: string;
}

/** What is tested: an installation that is there. */
export interface Tested {
  readonly names: Names;
  readonly generation: Generation;
  readonly stateBucket: string;
}

/**
 * A delivery that no run can come of: a message of CloudMonitor about a product that there is not.
 * What is not about ECS is read, and let go.
 */
const testDelivery = JSON.stringify({
  product: 'ecs-failover',
  name: 'Installation:SelfTest:Executed',
  level: 'INFO',
  content: { note: 'a test of ecs-failover deploy; nobody has to do anything' },
});

/** Tries what an event goes through: the queues, the push, the way from CloudMonitor on, the sweep. */
export async function selfTest(deployment: Deployment, tested: Tested): Promise<readonly Trial[]> {
  return [
    ...(await tryQueues(deployment, tested)),
    await tryPush(deployment, tested),
    await attempt('delivery', () => tryDelivery(deployment, worldOf(deployment, tested))),
    await trySweep(deployment, tested),
  ];
}

async function tryQueues({ queues }: Deployment, { names, generation }: Tested): Promise<readonly Trial[]> {
  return Promise.all(
    names.queuesOf(generation).map((queue) =>
      attempt(`queue ${queue}`, async () => {
        const depth = await queues.depth(queue);
        if (depth === undefined) return { ok: false, says: 'there is no such queue' };
        return { ok: true, says: `is there, ${depth.due + depth.taken + depth.delayed} messages` };
      }),
    ),
  );
}

const Received = z.object({ received: z.number() });

/** The marked delivery has to be taken and to lead to nothing: as many runs are open afterwards as before. */
async function tryPush(deployment: Deployment, { names, generation, stateBucket }: Tested): Promise<Trial> {
  return attempt('push', async () => {
    const { openRuns } = worldOf(deployment, { names, stateBucket });
    const before = (await openRuns.list()).map(({ runId }) => runId);
    const answer = await deployment.functions.invoke(names.functionOf('receive', generation), testDelivery);
    const failure = failureOf(answer);
    if (failure !== undefined) return { ok: false, says: failure };
    const { received } = Received.parse(JSON.parse(answer.body));
    const fresh = (await openRuns.list()).filter(({ runId }) => !before.includes(runId));
    const isOurs = fresh.some(({ runId }) => answer.log.includes(runId));
    if (isOurs) return { ok: false, says: `the test began run ${fresh[0]?.runId}` };
    return { ok: true, says: `a marked test of ${received} bytes was taken in and let go` };
  });
}

const Handled = z.object({ handled: z.number() });

/** One sweep more stands in the journal afterwards. */
async function trySweep(deployment: Deployment, { names, generation, stateBucket }: Tested): Promise<Trial> {
  return attempt('sweep', async () => {
    const world = worldOf(deployment, { names, stateBucket });
    const inForce = await acceptedConfiguration(world);
    const before = await lastSweep(world);
    const answer = await deployment.functions.invoke(names.functionOf('poll', generation), 'self-test');
    const failure = failureOf(answer);
    if (failure !== undefined) return { ok: false, says: failure };
    const { handled } = Handled.parse(JSON.parse(answer.body));
    if (inForce !== undefined && writesNothing(inForce.configuration))
      return { ok: true, says: 'poll answered; with mode: observe no sweep is written down' };
    const after = await lastSweep(world);
    if (after === undefined || (before !== undefined && after <= before)) {
      return { ok: false, says: 'poll answered, and no sweep was written down' };
    }
    return { ok: true, says: `written down; ${handled} messages carried on` };
  });
}

function worldOf(
  { world }: Deployment,
  { names, stateBucket }: Pick<Tested, 'names' | 'stateBucket'>,
): World {
  return world({ bucket: stateBucket, queue: names.queue });
}

/** When the last sweep was over, in milliseconds. */
export async function lastSweep(world: Pick<World, 'journals' | 'now'>): Promise<number | undefined> {
  return (await readSweepRecord(world)).last?.at;
}

function failureOf({ errorType, body, log }: Invoked): string | undefined {
  if (errorType === undefined) return undefined;
  const last = log.trim().split('\n').at(-1) ?? '';
  return `${errorType}: ${body.slice(0, 400)}${last === '' ? '' : `; it wrote: ${last.slice(0, 200)}`}`;
}

async function attempt(what: string, trial: () => Promise<Omit<Trial, 'what'>>): Promise<Trial> {
  try {
    return { what, ...(await trial()) };
  } catch (error) {
    if (!(error instanceof CloudError || error instanceof z.ZodError || error instanceof SyntaxError)) {
      throw error;
    }
    return { what, ok: false, says: error.message };
  }
}

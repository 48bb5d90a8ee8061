import { announce } from '../../simulator/ecs/announce';
import { collectPushes } from '../../simulator/ecs/pushes';
import type { FleetInput } from '../../simulator/fleet/schema';
import { advance, type Shift } from '../../src/engine/advance';
import { receive } from '../../src/engine/receive';
import { sweep } from '../../src/engine/sweep';
import type { Configuration } from '../../src/playbook/configuration';
import { stepTypes } from '../../src/steps';
import { openInProcessWorld, type InProcessWorld } from './in-process-world';
import { Killed, withKills, type Kill } from './killer';

const minuteMs = 60_000;
/** So long nothing may be left to do: whatever a dead invocation had in hand comes back within it. */
const calmMinutes = 6;

export interface CrashEnd extends InProcessWorld {
  readonly calls: number;
  /** What each outside call was called, in order. */
  readonly names: readonly string[];
  readonly finished: boolean;
}

/** What happens in the cloud so long after the beginning. */
export interface Later {
  readonly afterMs: number;
  readonly happen: (cloud: InProcessWorld['cloud']) => void;
}

/**
 * Tells one story to its end, with invocations killed where `kills` says. A killed push is delivered again a
 * minute later, as EventBridge does; timers go on as if nothing had happened.
 *
 * @param event undefined where `prepare` makes what announces it
 */
export async function tellWithKills(
  fleet: FleetInput,
  configuration: Configuration,
  event: Parameters<typeof announce>[1] | undefined,
  kills: readonly Kill[],
  prepare: (cloud: InProcessWorld['cloud']) => void = () => undefined,
  later: readonly Later[] = [],
): Promise<CrashEnd> {
  const inProcess = openInProcessWorld(fleet);
  const { cloud, world: plain, moveTo } = inProcess;
  const killer = withKills(plain, kills);
  const { world } = killer;
  if (event !== undefined) announce(cloud, event);
  prepare(cloud);
  let due = later.map(({ afterMs, happen }) => ({ at: cloud.now + afterMs, happen }));
  let inbox: Buffer[] = [];
  const horizon = cloud.now + 48 * 60 * minuteMs;
  let calm = 0;
  while (cloud.now < horizon && calm < calmMinutes) {
    for (const { happen } of due.filter(({ at }) => at <= cloud.now)) happen(cloud);
    due = due.filter(({ at }) => at > cloud.now);
    const shift: Shift = { steps: stepTypes, until: cloud.now + 100_000 };
    collectPushes(cloud);
    inbox = [...inbox, ...cloud.pushes.splice(0).map(({ body }) => Buffer.from(body))];
    const again: Buffer[] = [];
    for (const body of inbox) {
      if (!(await survives(() => receive(world, shift, configuration, body)))) again.push(body);
      killer.revive();
    }
    inbox = again;
    if ((cloud.now / minuteMs) % 5 === 0) {
      await survives(() => sweep(world, shift, configuration));
      killer.revive();
    }
    await survives(() => advance(world, shift));
    killer.revive();
    const over =
      started(inProcess) &&
      inbox.length === 0 &&
      due.length === 0 &&
      (await plain.openRuns.list()).length === 0;
    calm = over ? calm + 1 : 0;
    moveTo(Math.min(nextTick(inProcess, inbox.length > 0), ...due.map(({ at }) => at)));
  }
  return { ...inProcess, calls: killer.calls(), names: killer.names(), finished: calm === calmMinutes };
}

async function survives(invocation: () => Promise<unknown>): Promise<boolean> {
  try {
    await invocation();
    return true;
  } catch (error) {
    if (isKill(error)) return false;
    throw error;
  }
}

function isKill(error: unknown): boolean {
  return error instanceof Killed || (error instanceof AggregateError && error.errors.every(isKill));
}

function started({ logged }: InProcessWorld): boolean {
  return logged.some(({ kind }) => kind === 'run');
}

/** The next minute; while the run only waits for its window, the next hour. */
function nextTick({ cloud, logged }: InProcessWorld, busy: boolean): number {
  const last = logged.findLast(({ kind, data }) => kind === 'run' && typeof data?.['again'] === 'number');
  const again = Number(last?.data?.['again'] ?? 0);
  const quiet = !busy && again - cloud.now > 2 * 60 * minuteMs;
  return quiet ? Math.floor((again - 60 * minuteMs) / minuteMs) * minuteMs : cloud.now + minuteMs;
}

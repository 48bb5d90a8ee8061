import { isStorm, judgeEmergency, judgeGuard } from '../../playbook/guard';
import { isCanary } from '../../playbook/pace';
import type { Scene } from '../define-step';
import type { PoolLine } from './pool-lines';
import { failureOf, hasEnded } from './run-view';
import { entryOf, isCurrent, type SlotParameters } from './parameters';
import { frozen, heldByOther, stepsAside, whyNotNow, type WhyNot } from './reasons';
import { missingIn, type PoolSeen, type SlotSeen } from './seen';
import { providerWentFirst } from '../waiting/window-verdict';

/** What a run that wants a slot does next: nothing more, wait, or one line in one pool's journal. */
export type SlotMove =
  | { readonly kind: 'done'; readonly note: string }
  | { readonly kind: 'wait'; readonly why: WhyNot }
  | { readonly kind: 'write'; readonly pool: PoolSeen; readonly line: PoolLine; readonly note: string };

/**
 * All slots or none: they are taken in order of the pools' names, and given back as soon as one of the others cannot
 * be had, so that nobody holds a slot while it waits for something else. Pure.
 */
export function nextMove(seen: SlotSeen, parameters: SlotParameters, scene: Scene): SlotMove {
  const [missing] = missingIn(seen, scene);
  if (missing === undefined) return { kind: 'done', note: `has a slot of ${namesOf(seen)}` };
  const thaw = frozen(seen, scene);
  if (thaw !== undefined) return giveBack(seen, scene, thaw) ?? { kind: 'wait', why: thaw };
  if (scene.event.status === 'Executing') {
    const held = heldByOther(seen, scene);
    if (held !== undefined) return { kind: 'wait', why: held };
    return take(missing, parameters, scene, 'the provider is already acting');
  }
  if (providerWentFirst(scene)) return { kind: 'done', note: 'the event is over; no slot is needed' };
  const tidying = correct(seen, parameters, scene) ?? tidy(seen, scene);
  if (tidying !== undefined) return tidying;
  const why = whyNotNow(seen, parameters, scene);
  if (why === undefined) return take(missing, parameters, scene, numbersOf(missing, scene));
  return giveBack(seen, scene, why) ?? letOthersGo(why, seen, parameters, scene) ?? { kind: 'wait', why };
}

function take(pool: PoolSeen, parameters: SlotParameters, scene: Scene, because: string): SlotMove {
  const { runId: run, target, now: at, urgent } = scene;
  const { rollout, priority } = parameters;
  const planned = pool.pool === parameters.pool && !urgent;
  const { canary, stopAfterFailures: stopAfter } = rollout;
  const line: PoolLine = {
    kind: 'taken',
    run,
    instance: target.instanceId,
    zone: target.zone,
    at,
    ...(urgent && { urgent }),
    ...(priority !== 0 && { priority }),
    ...(planned && isCanary({ canary }, pool.ledger) && { canary: true }),
    ...(planned && stopAfter !== undefined && { stopAfter }),
  };
  return { kind: 'write', pool, line, note: `takes a slot of ${pool.pool}: ${because}` };
}

function numbersOf({ guard, ledger, members = [] }: PoolSeen, { target, urgent }: Scene): string {
  const question = { guard, members, out: ledger.holders, candidate: target };
  return (urgent ? judgeEmergency(question) : judgeGuard(question)).sentence;
}

/** What the line knows of the run is set right before anybody goes by it. */
function correct(seen: SlotSeen, parameters: SlotParameters, scene: Scene): SlotMove | undefined {
  const own = missingIn(seen, scene).find(({ pool }) => pool === parameters.pool);
  if (own === undefined) return undefined;
  const known = own.ledger.line.find(({ run }) => run === scene.runId);
  const line = entryOf(parameters, scene);
  if (isCurrent(known, line)) return undefined;
  return { kind: 'write', pool: own, line, note: `waits in the line of ${own.pool}` };
}

/** Slots and places of runs that have ended, failures that nobody wrote down, storms that begin or end. */
function tidy(seen: SlotSeen, scene: Scene): SlotMove | undefined {
  const { runs, gone } = seen;
  const at = scene.now;
  for (const pool of missingIn(seen, scene)) {
    for (const { run, instanceId, failed, canary, stopAfter } of pool.ledger.holders) {
      const by = `the slot of ${pool.pool} that ${run} held is free`;
      if (hasEnded(runs[run])) return free(pool, run, 'ended', at, `${by}: the run has ended`);
      if (gone.includes(instanceId))
        return free(pool, run, 'gone', at, `${by}: there is no ${instanceId} any more`);
      const reason = failureOf(runs[run]);
      if (reason === undefined || failed !== undefined || !(canary || stopAfter !== undefined)) continue;
      return {
        kind: 'write',
        pool,
        line: { kind: 'failed', run, at, reason },
        note: `${run} holds: ${reason}`,
      };
    }
    const over = pool.ledger.line.find(({ run }) => hasEnded(runs[run]));
    if (over !== undefined) {
      const line: PoolLine = { kind: 'left', run: over.run, at };
      return { kind: 'write', pool, line, note: `${over.run} has ended and leaves the line of ${pool.pool}` };
    }
    const weather = scene.urgent ? undefined : weatherOf(pool, at);
    if (weather !== undefined) return weather;
  }
  return undefined;
}

function free(pool: PoolSeen, run: string, outcome: 'ended' | 'gone', at: number, note: string): SlotMove {
  return { kind: 'write', pool, line: { kind: 'returned', run, at, outcome }, note };
}

/** Only pools that wait after a storm keep a record of storms. */
function weatherOf(pool: PoolSeen, at: number): SlotMove | undefined {
  const { guard, ledger, members } = pool;
  if (guard.afterStorm === undefined || members === undefined) return undefined;
  const storm = isStorm({ guard, members, out: ledger.holders });
  if (storm === (ledger.stormSince !== undefined)) return undefined;
  const healthy = members.filter((member) => member.healthy).length;
  const why = `${healthy} of ${members.length} members are healthy`;
  return storm
    ? { kind: 'write', pool, line: { kind: 'storm', at, why }, note: `too few in ${pool.pool}: ${why}` }
    : { kind: 'write', pool, line: { kind: 'calm', at }, note: `enough in ${pool.pool} again: ${why}` };
}

function giveBack(seen: SlotSeen, scene: Scene, why: WhyNot): SlotMove | undefined {
  const missing = missingIn(seen, scene);
  const pool = seen.pools.find((one) => !missing.includes(one));
  if (pool === undefined) return undefined;
  const line: PoolLine = { kind: 'returned', run: scene.runId, at: scene.now, outcome: 'unused' };
  return { kind: 'write', pool, line, note: `gives the slot of ${pool.pool} back unused: ${why.sentence}` };
}

function letOthersGo(
  why: WhyNot,
  seen: SlotSeen,
  parameters: SlotParameters,
  scene: Scene,
): SlotMove | undefined {
  const opens = stepsAside(why, seen, parameters, scene);
  const pool = seen.pools.find((one) => one.pool === parameters.pool);
  if (opens === undefined || pool === undefined) return undefined;
  const line = { ...entryOf(parameters, scene), opens };
  return { kind: 'write', pool, line, note: `lets others of ${pool.pool} go meanwhile: ${why.sentence}` };
}

function namesOf({ pools }: SlotSeen): string {
  return pools.map(({ pool }) => pool).join(', ');
}

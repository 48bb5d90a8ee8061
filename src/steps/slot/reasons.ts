import { alarmBlock } from '../../playbook/alarm-block';
import { sayDuration } from '../../playbook/duration';
import { judgeEmergency, judgeGuard } from '../../playbook/guard';
import { judgePace, type NotNow } from '../../playbook/pace';
import { whoMayGo } from '../../playbook/turn';
import type { Scene } from '../define-step';
import type { InLine } from './fold-ledger';
import { waitForThaw } from '../waiting/freezes';
import { leftAlone } from '../waiting/left-alone';
import { asideMs, entryOf, type SlotParameters } from './parameters';
import { holderOfInstance, missingIn, openLine, waitsFor, type PoolSeen, type SlotSeen } from './seen';
import { judgeWindow } from '../waiting/window-verdict';

/** Why a run has no slot now: the rule, its numbers, and whether the run's own pool is the reason. */
export interface WhyNot extends NotNow {
  readonly rule: 'wait' | 'hold' | 'infeasible';
  /** True when others of its line could go all the same. */
  readonly elsewhere?: true;
}

const minuteMs = 60_000;
/** A member is out for this long at least: nobody far back in the line need look sooner. */
const shortestRunMs = 3 * minuteMs;
const longestPatienceMs = 20 * minuteMs;

/** Why not now, as far as the pools' journals tell. */
export function whyNotByLedger(seen: SlotSeen, parameters: SlotParameters, scene: Scene): WhyNot | undefined {
  const common =
    frozen(seen, scene) ??
    sameInstance(seen, parameters, scene) ??
    attemptsSpent(seen, parameters, scene) ??
    breakerOpen(seen);
  if (common !== undefined || scene.urgent) return common;
  return closed(parameters, scene) ?? stopped(seen, parameters, scene) ?? farBack(seen, parameters, scene);
}

/**
 * Why the run has no slot now; undefined when nothing stands in its way. Pure: the same reasons hold the run back
 * and are told to whoever asks.
 */
export function whyNotNow(seen: SlotSeen, parameters: SlotParameters, scene: Scene): WhyNot | undefined {
  const early = whyNotByLedger(seen, parameters, scene);
  if (early !== undefined) return early;
  if (scene.urgent) return first(missingIn(seen, scene), (pool) => emergency(pool, scene));
  const alarm = seen.alarms && alarmBlock(seen.alarms);
  if (alarm !== undefined) return { ...alarm, rule: 'wait' };
  const left = takenBack(seen, parameters, scene);
  if (left !== undefined) return left;
  const missing = missingIn(seen, scene);
  const others = missing.filter(({ pool }) => pool !== parameters.pool);
  return (
    first(others, (pool) => otherPool(pool, scene)) ??
    first(missing, (pool) =>
      pool.pool === parameters.pool ? ownPool(pool, seen, parameters, scene) : undefined,
    )
  );
}

/** Somebody holds the instance, or another tool began to work on it, while the run stood in line. */
function takenBack(seen: SlotSeen, { pool, notWhile }: SlotParameters, scene: Scene): WhyNot | undefined {
  const members = seen.pools.find((one) => one.pool === pool)?.members ?? [];
  const own = members.find(({ instanceId }) => instanceId === scene.target.instanceId);
  const left = leftAlone(own?.tags ?? {}, notWhile, scene);
  return left && { rule: 'wait', code: 'left-alone', sentence: left.note, elsewhere: true };
}

/** So long a run may leave the line alone: those in front of it have to go first. */
export function patienceMs(seen: SlotSeen, { pool }: SlotParameters, scene: Scene): number {
  const own = seen.pools.find((one) => one.pool === pool);
  if (own === undefined || scene.urgent) return 0;
  const ahead = openLine(own, seen, scene.now).findIndex(({ run }) => run === scene.runId);
  const { maxOut } = own.guard;
  const room = 'count' in maxOut ? Math.max(1, maxOut.count) : 1;
  return Math.min(longestPatienceMs, Math.floor(Math.max(0, ahead) / room) * shortestRunMs);
}

/** A freeze of any pool that would miss the member. */
export function frozen({ freezes = [], pools }: SlotSeen, scene: Scene): WhyNot | undefined {
  const wait = waitForThaw(
    freezes,
    scene,
    pools.map(({ pool }) => pool),
  );
  return wait && { rule: 'wait', code: 'frozen', sentence: wait.note, again: wait.again };
}

/** Another run has the instance. Of two drains one would take the other's weights for the original ones. */
export function heldByOther(seen: SlotSeen, scene: Scene): WhyNot | undefined {
  const holder = holderOfInstance(seen, scene);
  if (holder === undefined) return undefined;
  const sentence = `waits for ${holder.run}, which works on the same instance`;
  return { rule: 'wait', code: 'same-instance', sentence };
}

function sameInstance(seen: SlotSeen, parameters: SlotParameters, scene: Scene): WhyNot | undefined {
  const held = heldByOther(seen, scene);
  if (held !== undefined) return held;
  const { target, runId } = scene;
  const rivals = seen.pools
    .flatMap(({ ledger }) => ledger.line)
    .filter((other) => other.instanceId === target.instanceId && other.run !== runId);
  if (rivals.length === 0) return undefined;
  const { kind, instance, at, ...entry } = entryOf(parameters, scene);
  const me: InLine = { ...entry, run: runId, instanceId: target.instanceId, since: at };
  const stronger = waitsFor(me, rivals, seen.runs, scene.now);
  if (stronger === undefined) return undefined;
  const sentence = `waits for ${stronger.run}, which has the instance first`;
  return { rule: 'wait', code: 'same-instance', sentence, elsewhere: true };
}

function attemptsSpent(
  { pools }: SlotSeen,
  { attempts }: SlotParameters,
  { now, target, runId }: Scene,
): WhyNot | undefined {
  if (attempts === undefined) return undefined;
  const { count, within } = attempts;
  const most = Math.max(
    ...pools.map(({ ledger }) => {
      const recent = ledger.attempts.filter(
        ({ instanceId, at }) => instanceId === target.instanceId && at > now - within,
      );
      // A slot that the run has already is this attempt, and not one before it.
      return recent.length - (ledger.holders.some(({ run }) => run === runId) ? 1 : 0);
    }),
  );
  if (most < count) return undefined;
  const sentence = `${target.instanceId} was taken out ${most} times in ${sayDuration(within)}, and the settings allow ${count}`;
  return { rule: 'hold', code: 'attempts-spent', sentence };
}

function breakerOpen({ breaker }: SlotSeen): WhyNot | undefined {
  return breaker === undefined ? undefined : { rule: 'wait', code: 'breaker-open', sentence: breaker };
}

function closed({ window }: SlotParameters, scene: Scene): WhyNot | undefined {
  const state = window && judgeWindow(window, scene);
  if (state === undefined || state.kind === 'open') return undefined;
  if (state.kind === 'pending') {
    return { rule: 'wait', code: 'window', sentence: state.note, again: state.again };
  }
  if (state.kind !== 'impossible') return undefined;
  return { rule: state.then === 'infeasible' ? 'infeasible' : 'hold', ...state.reason };
}

/** What stops a pool whatever its members do; whether a storm is over only the members tell. */
function stopped(seen: SlotSeen, parameters: SlotParameters, scene: Scene): WhyNot | undefined {
  const why = first(missingIn(seen, scene), (pool) => pace(pool, parameters, scene));
  return why?.code === 'storm' ? undefined : why;
}

function pace(pool: PoolSeen, { rollout, pool: own }: SlotParameters, scene: Scene): WhyNot | undefined {
  const isOwn = pool.pool === own;
  const rules = { ...pool.guard, ...(isOwn && { canary: rollout.canary }) };
  const why = judgePace(rules, pool.ledger, scene.now, scene.zone);
  return why && { rule: 'wait', ...why, ...(!isOwn && { elsewhere: true }) };
}

/** When as many go first in the own zone as may be out in it, the cloud need not be asked. */
function farBack(seen: SlotSeen, { pool }: SlotParameters, scene: Scene): WhyNot | undefined {
  const own = missingIn(seen, scene).find((one) => one.pool === pool);
  const room = own && roomInZone(own);
  if (own === undefined || room === undefined) return undefined;
  const ahead = aheadInZone(own, seen, scene).slice(0, room);
  if (ahead.length < room) return undefined;
  return ahead.every(({ run }) => run in seen.runs) ? behind(ahead) : undefined;
}

/** Members of one zone that may be out at once, where the guard says so without knowing the zone's members. */
export function roomInZone({ guard: { maxOutPerZone } }: PoolSeen): number | undefined {
  return 'count' in maxOutPerZone && maxOutPerZone.count > 0 ? maxOutPerZone.count : undefined;
}

/** Those of the run's zone that go before it. */
export function aheadInZone(own: PoolSeen, seen: SlotSeen, { now, runId, target }: Scene): readonly InLine[] {
  const line = openLine(own, seen, now);
  const index = line.findIndex(({ run }) => run === runId);
  return line.slice(0, Math.max(0, index)).filter(({ zone }) => zone === target.zone);
}

function behind(ahead: readonly InLine[]): WhyNot {
  const names = ahead.map(({ instanceId }) => instanceId).join(', ');
  return {
    rule: 'wait',
    code: 'turn',
    sentence: ahead.length === 0 ? 'lets others go' : `first goes ${names}`,
  };
}

function emergency({ guard, ledger, members = [], pool }: PoolSeen, { target }: Scene): WhyNot | undefined {
  const verdict = judgeEmergency({ guard, members, out: ledger.holders, candidate: target });
  if (verdict.allowed) return undefined;
  return { rule: 'wait', code: verdict.code ?? 'hard-floor', sentence: `${pool}: ${verdict.sentence}` };
}

function otherPool(pool: PoolSeen, scene: Scene): WhyNot | undefined {
  const { guard, ledger, members = [] } = pool;
  const slow = judgePace(guard, ledger, scene.now, scene.zone);
  const verdict = judgeGuard({ guard, members, out: ledger.holders, candidate: scene.target });
  const why =
    slow ?? (verdict.allowed ? undefined : { code: verdict.code ?? 'guard', sentence: verdict.sentence });
  return why && { rule: 'wait', ...why, sentence: `${pool.pool}: ${why.sentence}`, elsewhere: true };
}

function ownPool(
  own: PoolSeen,
  seen: SlotSeen,
  parameters: SlotParameters,
  scene: Scene,
): WhyNot | undefined {
  const storm = pace(own, parameters, scene);
  if (storm !== undefined) return storm;
  const { guard, ledger, members = [] } = own;
  const verdict = judgeGuard({ guard, members, out: ledger.holders, candidate: scene.target });
  if (!verdict.allowed) {
    const { code = 'guard', sentence } = verdict;
    // Whoever stands alone in a group may do so for days: that is nobody else's business.
    return { rule: 'wait', code, sentence, ...(code === 'last-in-group' && { elsewhere: true }) };
  }
  const going = mayGo(own, seen, scene);
  return going.some(({ run }) => run === scene.runId) ? undefined : behind(going);
}

/** Those whom the guard lets out together now. */
export function mayGo(own: PoolSeen, seen: SlotSeen, { now }: Scene): readonly InLine[] {
  const { guard, ledger, members = [] } = own;
  return whoMayGo(openLine(own, seen, now), { guard, members, out: ledger.holders }, now);
}

/** When the run lets those behind it go, because something outside its pool holds it back. */
export function stepsAside(
  why: WhyNot,
  seen: SlotSeen,
  { pool }: SlotParameters,
  { now, runId }: Scene,
): number | undefined {
  if (why.elsewhere === undefined) return undefined;
  const own = seen.pools.find((one) => one.pool === pool);
  const open = own === undefined ? [] : openLine(own, seen, now);
  const inFront = open.some(({ run }) => run === runId);
  return inFront && open.length > 1 ? now + asideMs : undefined;
}

function first<T>(list: readonly T[], judge: (one: T) => WhyNot | undefined): WhyNot | undefined {
  for (const one of list) {
    const why = judge(one);
    if (why !== undefined) return why;
  }
  return undefined;
}

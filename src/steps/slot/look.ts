import { breakerJournal, breakerState } from '../../run/breaker';
import type { Reach, Scene } from '../define-step';
import { readFreezes } from '../waiting/freezes';
import { readLedger } from './pool-ledger';
import { readMembers } from './pool-members';
import { viewRun } from './run-view';
import { type PoolPart, type SlotParameters } from './parameters';
import { aheadInZone, mayGo, roomInZone, whyNotByLedger } from './reasons';
import { missingIn, type PoolSeen, type SlotSeen } from './seen';
import { providerWentFirst } from '../waiting/window-verdict';

/** First the journals; the cloud only when they leave it open whether the run may go. */
export async function lookForSlot(parameters: SlotParameters, reach: Reach, scene: Scene): Promise<SlotSeen> {
  const { pool, guard, tags, places, also } = parameters;
  const parts: readonly PoolPart[] = [{ pool, guard, tags, places }, ...also];
  const sorted = parts.toSorted((a, b) => (a.pool < b.pool ? -1 : 1));
  const pools = await Promise.all(
    sorted.map(async (part) => ({ ...part, ledger: await readLedger(reach.journals, part.pool) })),
  );
  const freezes = await readFreezes(reach, scene.now);
  const breaker = parameters.breaker && (await openBreaker(parameters.breaker, reach));
  const bare: SlotSeen = { freezes, pools, runs: {}, gone: [], ...(breaker && { breaker }) };
  if (missingIn(bare, scene).length === 0 || providerWentFirst(scene)) return bare;
  const known = await viewBlockers(bare, parameters, reach, scene);
  if (whyNotByLedger(known, parameters, scene) !== undefined) return known;
  return lookAtCloud(known, parameters, reach, scene);
}

async function openBreaker(
  limits: NonNullable<SlotParameters['breaker']>,
  { journals }: Reach,
): Promise<string | undefined> {
  const state = breakerState((await journals.read(breakerJournal, 0)).lines, limits);
  return state.kind === 'open' ? state.sentence : undefined;
}

/** Everybody who holds a slot or the same instance, and those who go first in the own zone. */
async function viewBlockers(
  bare: SlotSeen,
  parameters: SlotParameters,
  reach: Reach,
  scene: Scene,
): Promise<SlotSeen> {
  const { instanceId } = scene.target;
  const ledgers = missingIn(bare, scene).map(({ ledger }) => ledger);
  const holders = ledgers.flatMap((ledger) => ledger.holders.map(({ run }) => run));
  const rivals = ledgers.flatMap(({ line }) =>
    line.filter((entry) => entry.instanceId === instanceId).map(({ run }) => run),
  );
  const seen = await view(bare, [...holders, ...rivals], reach, scene);
  if (scene.urgent) return seen;
  return viewUntilKnown(seen, reach, scene, (so) => {
    const own = ownPool(so, parameters, scene);
    return own === undefined ? [] : aheadInZone(own, so, scene).slice(0, roomInZone(own) ?? 0);
  });
}

async function lookAtCloud(
  known: SlotSeen,
  parameters: SlotParameters,
  reach: Reach,
  scene: Scene,
): Promise<SlotSeen> {
  const { cloud } = reach;
  const missing = new Set(missingIn(known, scene).map(({ pool }) => pool));
  const names = alarmsOf(known);
  const [pools, alarms, event] = await Promise.all([
    Promise.all(
      known.pools.map(async (pool): Promise<PoolSeen> =>
        missing.has(pool.pool)
          ? { ...pool, members: await readMembers(cloud, pool.tags, pool.places) }
          : pool,
      ),
    ),
    scene.urgent || names.length === 0 ? undefined : cloud.alarms.firing(names),
    othersWereHere(known, scene) ? cloud.events.get(scene.event) : undefined,
  ]);
  const seen: SlotSeen = {
    ...known,
    pools,
    gone: await goneHolders(pools, reach, scene),
    ...(alarms && { alarms }),
    ...(event && { event }),
  };
  if (scene.urgent) return seen;
  return viewUntilKnown(seen, reach, scene, (so) => {
    const own = ownPool(so, parameters, scene);
    return own === undefined ? [] : mayGo(own, so, scene);
  });
}

/** Looks at runs as long as what is known of them brings further ones to the front. */
async function viewUntilKnown(
  seen: SlotSeen,
  reach: Reach,
  scene: Scene,
  inFront: (seen: SlotSeen) => readonly { readonly run: string }[],
): Promise<SlotSeen> {
  let known = seen;
  for (;;) {
    const unknown = inFront(known).filter(({ run }) => run !== scene.runId && !(run in known.runs));
    if (unknown.length === 0) return known;
    known = await view(
      known,
      unknown.map(({ run }) => run),
      reach,
      scene,
    );
  }
}

async function view(
  seen: SlotSeen,
  runs: readonly string[],
  { journals }: Reach,
  { runId }: Scene,
): Promise<SlotSeen> {
  const others = [...new Set(runs)].filter((run) => run !== runId);
  const views = await Promise.all(others.map(async (run) => [run, await viewRun(journals, run)] as const));
  return { ...seen, runs: { ...seen.runs, ...Object.fromEntries(views) } };
}

/** Holders that are no members any more and that ECS does not know either. */
async function goneHolders(
  pools: readonly PoolSeen[],
  { cloud }: Reach,
  { runId }: Scene,
): Promise<readonly string[]> {
  const strangers = pools.flatMap(({ members, ledger }) =>
    members === undefined
      ? []
      : ledger.holders
          .filter(({ run }) => run !== runId)
          .map(({ instanceId }) => instanceId)
          .filter((id) => !members.some(({ instanceId }) => instanceId === id)),
  );
  const found = await Promise.all(strangers.map((id) => cloud.instances.get(id)));
  return strangers.filter((_id, index) => found[index] === undefined);
}

/** True when another run had the instance while this one waited: it may have settled this event too. */
function othersWereHere({ pools }: SlotSeen, { target, runId, event }: Scene): boolean {
  return (
    event.id.startsWith('e-') &&
    pools.some(({ ledger }) =>
      ledger.attempts.some(
        ({ run, instanceId, at }) =>
          run !== runId &&
          instanceId === target.instanceId &&
          at >= (ledger.line.find((entry) => entry.run === runId)?.since ?? Infinity),
      ),
    )
  );
}

function alarmsOf({ pools }: SlotSeen): readonly string[] {
  return [
    ...new Set(
      pools.flatMap(({ guard }) =>
        (guard.blockWhile ?? []).map(({ cloudMonitorAlarm }) => cloudMonitorAlarm),
      ),
    ),
  ];
}

function ownPool(seen: SlotSeen, { pool }: SlotParameters, scene: Scene): PoolSeen | undefined {
  return missingIn(seen, scene).find((one) => one.pool === pool);
}

import type { Configuration, Pool } from '../playbook/configuration';
import { planRollout, type Rollout } from '../playbook/rollout';
import { windowOf } from '../playbook/frame';
import { sayInstant } from '../playbook/zone-time';
import type { InLine } from '../steps/slot/fold-ledger';
import { addLine, readLedger, type Ledger } from '../steps/slot/pool-ledger';
import { readMembers } from '../steps/slot/pool-members';
import { placesOf } from '../playbook/places';
import { siteOfPool } from '../playbook/sites';
import { eachApart } from './each-apart';
import type { World } from './ports';
import { worldOf } from './world-of';

/** So many that joined the line since people last heard of it make one message, not one each. */
const worthADigest = 10;
/** While members still join, their number is not told yet. */
const settlingMs = 2 * 60_000;

/**
 * Tells people, once, of what concerns a pool and no single run: that it stopped, and that many of its members wait.
 */
export async function watchPools(world: World, configuration: Configuration): Promise<void> {
  await eachApart(configuration.pools, async (pool) => {
    const ledger = await readLedger(world.journals, pool.metadata.name);
    if (ledger.stopped !== undefined && !ledger.stopped.called) return callForStopped(world, pool, ledger);
    if (isDue(ledger, world.now())) await tellOfLine(world, configuration, pool, ledger);
  });
}

async function callForStopped(world: World, { metadata: { name } }: Pool, ledger: Ledger): Promise<void> {
  const { now, log } = world;
  const text = `pool ${name} is stopped: ${ledger.stopped?.why}; ${ledger.line.length} wait until a person lets it go on`;
  log({ at: now(), kind: 'call-someone', text, data: { pool: name } });
  await addLine(world.journals, name, ledger, { kind: 'called', at: now() });
}

function isDue({ line, digested }: Ledger, now: number): boolean {
  const newest = Math.max(...line.map(({ since }) => since));
  return line.length - digested >= worthADigest && now - newest >= settlingMs;
}

async function tellOfLine(
  world: World,
  configuration: Configuration,
  pool: Pool,
  ledger: Ledger,
): Promise<void> {
  const { name } = pool.metadata;
  const now = world.now();
  const rollout = await foresee(world, configuration, pool, ledger);
  const told = await addLine(world.journals, name, ledger, {
    kind: 'digest',
    at: now,
    waiting: ledger.line.length,
  });
  if (!told) return;
  const zone = configuration.calendars[0]?.spec.zone ?? 'utc';
  const data = {
    pool: name,
    waiting: ledger.line.length,
    nights: rollout.nights,
    late: rollout.late.map(({ run }) => run),
  };
  world.log({ at: now, kind: 'digest', text: sayRollout(name, ledger.line.length, rollout, zone), data });
}

async function foresee(
  world: World,
  { settings, playbooks, calendars }: Configuration,
  pool: Pool,
  { line, holders, wave }: Ledger,
): Promise<Rollout> {
  const { guard, members, traffic } = pool.spec;
  const here = worldOf(world, siteOfPool(settings.spec, pool.spec));
  const known = new Map(
    playbooks.flatMap((playbook) => {
      const calendar = calendars.find(({ metadata }) => metadata.name === playbook.spec.timing.calendar);
      return calendar === undefined
        ? []
        : [[playbook.metadata.name, { playbook, window: windowOf({ playbook, calendar }) }]];
    }),
  );
  const planned = line.flatMap((entry: InLine) => {
    const window = known.get(entry.playbook ?? '')?.window;
    return window === undefined || entry.urgent ? [] : [{ ...entry, window }];
  });
  const [first] = planned;
  const canary = known.get(first?.playbook ?? '')?.playbook.spec.rollout.canary;
  return planRollout({
    line: planned,
    guard,
    canary,
    members: await readMembers(here.cloud, members.tags, placesOf(traffic)),
    out: holders,
    successes: wave.successes,
    now: world.now(),
  });
}

/** `24 members of web wait: 12 on Wed 18 Nov 02:00, 12 on Thu 19 Nov 02:00; every deadline is met`. */
function sayRollout(pool: string, waiting: number, { nights, late }: Rollout, zone: string): string {
  const planned = nights.map(({ from, starts }) => `${starts} on ${sayInstant(from, zone)}`).join(', ');
  const missed = late.map(({ instanceId }) => instanceId).join(', ');
  const end = late.length === 0 ? 'every deadline is met' : `${late.length} cannot go in time: ${missed}`;
  return `${waiting} members of ${pool} wait: ${planned}; ${end}`;
}

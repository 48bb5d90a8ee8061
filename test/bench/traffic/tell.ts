import { readHappenings } from '../../../src/cli/announcements';
import { configurationOf } from '../../../src/cli/check';
import { loadBuiltHandler } from '../../../src/cli/load-handler';
import { play } from '../../../src/cli/rehearse/play';
import { outcomeOf } from '../../../src/cli/rehearse/report';
import { setStage } from '../../../src/cli/rehearse/set-stage';
import type { Stage } from '../../../src/cli/rehearse/stage';
import { openScreen } from '../../../src/cli/screen';
import { withSimulatedCloud, type SimulatedCloud } from '../../../src/cli/simulated-cloud';
import { chanceOf } from '../../storm/chance';
import type { Kind } from './balancers';
import { writeSetting, type Manner, type Setting } from './setting';
import { longestMs, openTraffic, type Seen, type Traffic } from './traffic';
import { walkSlowly } from './walk';

export interface Telling {
  readonly kind: Kind;
  readonly manner: Manner;
  readonly seed: number;
}

export interface Told extends Telling, Seen {
  /** How the run ended; `none` when there was none. */
  readonly outcome: string;
  /** How long the instance had no weight anywhere, or did not run. */
  readonly outMs: number;
}

/** Who is restarted. */
const instance = 'i-bp1web0000000000002';
const hourMs = 3_600_000;
/** The story is not what is looked at here. */
const nobodyLooks = { ...openScreen(process.stderr), live: false, print: () => undefined };

/** Plays a failover with the real functions while real requests come in. `onFlow` hears of the cloud's time. */
export async function tell(telling: Telling, onFlow: (seen: Seen, now: number) => void): Promise<Told> {
  const setting = writeSetting(telling.kind, telling.manner);
  try {
    return await withSimulatedCloud(setting.fleet, async (cloud) => {
      const chance = chanceOf(`traffic/${telling.seed}`);
      const traffic = await openTraffic(cloud.facts.endpoint, instance, chance);
      try {
        return { ...telling, ...(await playUnder(traffic, cloud, setting, onFlow)) };
      } finally {
        await traffic.close();
      }
    });
  } finally {
    setting.remove();
  }
}

async function playUnder(
  traffic: Traffic,
  { facts, door }: SimulatedCloud,
  { playbooks }: Setting,
  onFlow: (seen: Seen, now: number) => void,
): Promise<Pick<Told, 'outcome' | 'outMs'> & Seen> {
  let now = (await door.state()).now;
  const flow = async () => {
    now = await traffic.flow();
    onFlow(traffic.seen(), now);
  };
  const cloud = { facts, door: walkSlowly(door, { from: now, tailMs: longestMs, flow }) };
  await cloud.door.moveClock(now + longestMs);
  const before = await door.state();
  const configuration = configurationOf(playbooks, before.now);
  const asked = { files: [], code: 'SystemMaintenance.Reboot', instance };
  const happenings = readHappenings(asked, { ...facts, now: before.now });
  const setting = { cloud, configuration, playbooks, before, happenings, horizonMs: 24 * hourMs };
  const stage = await setStage(setting, nobodyLooks, loadBuiltHandler);
  const { runs } = await play({ ...stage, runner: flowingAfter(stage.runner, flow) });
  // Answers that are still under way come to their end.
  await cloud.door.moveClock(now + longestMs);
  const spans = (await door.outOfService()).filter((span) => span.instanceId === instance);
  const outMs = spans.reduce((sum, { from, to }) => sum + (to ?? now) - from, 0);
  return { ...traffic.seen(), outcome: runs.map(outcomeOf).join(' and ') || 'none', outMs };
}

/** What a function did shows in the traffic before the next one is called. */
function flowingAfter(runner: Stage['runner'], flow: () => Promise<void>): Stage['runner'] {
  return {
    ...runner,
    async tick(timer) {
      await runner.tick(timer);
      await flow();
    },
    async deliver(push) {
      await runner.deliver(push);
      await flow();
    },
  };
}

// A program of its own: it runs thousands of stories, several times faster outside the test runner.
// Arguments: the story, part and parts (this process takes every parts-th schedule), the window for pairs.
import type { Configuration, Playbook } from '../../src/playbook/configuration';
import { exampleConfiguration } from '../support/configuration';
import { tellWithKills, type CrashEnd } from '../support/crash-story';
import type { Kill } from '../support/killer';
import { exampleFleet, web2 } from '../support/story-fleet';

const eventId = 'e-bp1crash0000000001';
const event = {
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  eventId,
  notBefore: Date.parse('2026-11-19T06:00:00Z'),
  clears: true,
  reason: 'System maintenance is scheduled due to underlying hardware risk.',
};

interface Tale {
  readonly configuration: Configuration;
  readonly prepare?: Parameters<typeof tellWithKills>[4];
}

const tales: Readonly<Record<string, () => Tale>> = {
  restart: () => ({ configuration: exampleConfiguration() }),
  /** Half an hour ahead of the window every weight is lowered to a fifth. */
  'soft drain': () => ({ configuration: withSoftDrain(exampleConfiguration()) }),
  /** The restart leaves the event as it is, stopping and starting too; a redeployment clears it. */
  ladder: () => ({
    configuration: withLadder(exampleConfiguration()),
    prepare: (cloud) => {
      const never = { id: 'never', name: 'never-clears', action: 'RebootInstance', nth: 1, times: 1 };
      cloud.faults.push({ ...never, options: {}, since: cloud.now, seen: 0, struck: 0 });
    },
  }),
};

/** What the matrix compares; everything else may differ from schedule to schedule. */
interface Footprint {
  readonly finished: boolean;
  readonly outcome: string;
  readonly writes: readonly string[];
  /** Restart, stop, start and redeploy, in order. */
  readonly answers: readonly string[];
  readonly weights: readonly number[];
  readonly boots: number;
  readonly slotLines: readonly string[];
  readonly messagesLeft: number;
}

export interface Report {
  readonly tried: number;
  readonly calls: number;
  readonly plain: Footprint;
  readonly differences: readonly { readonly kills: readonly Kill[]; readonly footprint: Footprint }[];
}

async function main(part: number, parts: number, window: number, story: string): Promise<Report> {
  const { configuration, prepare } = tales[story]!();
  const tell = (kills: readonly Kill[]) => tellWithKills(quickFleet(), configuration, event, kills, prepare);
  const plain = await tell([]);
  const expected = await footprint(plain);
  const schedules = [...singles(plain.calls), ...pairs(plain.calls, window)].filter(
    (_kills, index) => index % parts === part,
  );
  const differences: Report['differences'][number][] = [];
  for (const kills of schedules) {
    const told = await footprint(await tell(kills));
    if (JSON.stringify(told) !== JSON.stringify(expected)) differences.push({ kills, footprint: told });
  }
  return { tried: schedules.length, calls: plain.calls, plain: expected, differences };
}

function singles(calls: number): Kill[][] {
  return numbers(1, calls).flatMap((call): Kill[][] => [
    [{ call, when: 'before' }],
    [{ call, when: 'after' }],
  ]);
}

/** The second kill counts on from the first: it falls into whatever the next invocation does by then. */
function pairs(calls: number, window: number): Kill[][] {
  return numbers(1, calls).flatMap((call) =>
    numbers(1, window).map((further): Kill[] => [
      { call, when: 'after' },
      { call: call + further, when: 'after' },
    ]),
  );
}

async function footprint({ cloud, world, logged, finished }: CrashEnd): Promise<Footprint> {
  const writes = cloud.writes.map(({ action, params }) => `${action} ${JSON.stringify(params)}`);
  const last = logged.findLast(({ kind, data }) => kind === 'run' && data?.['outcome'] !== undefined);
  const [loadBalancer] = cloud.loadBalancers.values();
  const groups = [
    loadBalancer?.defaultGroup ?? [],
    ...[...(loadBalancer?.vServerGroups.values() ?? [])].map(({ backends }) => backends),
  ];
  const slots = await world.journals.read('pools/web-hangzhou', 0);
  cloud.now += 3_600_000;
  return {
    finished,
    outcome: String(last?.data?.['outcome']),
    writes: [...new Set(writes)].sort(),
    answers: cloud.writes.flatMap(({ action }) =>
      /(Reboot|Stop|Start|Redeploy)Instance/.test(action) ? [action] : [],
    ),
    weights: groups.flat().map(({ weight }) => weight),
    boots: (cloud.instances.get(web2)?.history ?? []).filter(({ status }) => status === 'Starting').length,
    slotLines: slots.lines.map((line) => String((JSON.parse(line) as { kind: string }).kind)),
    messagesLeft: (await world.queue.receive()).length,
  };
}

/** The example fleet with connections that fall fast: the script that counts them has less to do. */
function quickFleet(): ReturnType<typeof exampleFleet> {
  const fleet = exampleFleet();
  const instances = fleet.instances?.map((instance) => ({
    ...instance,
    connections: { perWeight: 3, halfLifeSeconds: 3, floor: 2 },
  }));
  return { ...fleet, instances };
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_item, index) => from + index);
}

function withSoftDrain(configuration: Configuration): Configuration {
  const softDrain = { before: 30 * 60_000, weight: 20 };
  const playbooks = configuration.playbooks.map((playbook) => ({
    ...playbook,
    spec: { ...playbook.spec, timing: { ...playbook.spec.timing, softDrain } },
  }));
  return { ...configuration, playbooks };
}

function withLadder(configuration: Configuration): Configuration {
  const ladder: Playbook['spec']['ladder'] = [
    { use: 'stop-start-instance', atMost: 20 * 60_000, forceStop: false },
    { use: 'redeploy-instance', atMost: 40 * 60_000, forceStop: false },
  ];
  const playbooks = configuration.playbooks.map((playbook) => ({
    ...playbook,
    spec: { ...playbook.spec, ladder },
  }));
  return { ...configuration, playbooks };
}

const [story = 'restart', ...numbersGiven] = process.argv.slice(2);
const [part = 0, parts = 1, window = 0] = numbersGiven.map(Number);
void main(part, parts, window, story).then((report) => process.stdout.write(JSON.stringify(report)));

// A program of its own: it runs thousands of stories, several times faster outside the test runner.
// Arguments: the story, part and parts (this process takes every parts-th schedule), the window for pairs.
import { damageDisk } from '../../simulator/ecs/damaged-disks';
import type { Configuration, Playbook } from '../../src/playbook/configuration';
import { exampleConfiguration } from '../support/configuration';
import { tellWithKills, type CrashEnd } from '../support/crash-story';
import type { Kill } from '../support/killer';
import { configurationOf } from '../support/playbook-text';
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
  /** What is announced, where it is another event; undefined where nothing is. */
  readonly announced?: { readonly event: typeof event | undefined };
  /** Deaths are told only near outside calls of these names, unless there is time for all; without, near any. */
  readonly near?: readonly string[];
  readonly prepare?: Parameters<typeof tellWithKills>[4];
}

const drain = `
  - id: drain
    use: drain-traffic
    with: { quiet: { activeConnectionsBelow: 5, for: 60s }, atMost: 10m }`;
const back = `
  - { id: healthy, use: check-health, with: { atMost: 10m } }
  - { id: back, use: restore-traffic, with: {} }`;

const damagedDisk = `
match: { events: [ErrorDetected], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 60m }
steps:${drain}
  - { id: isolate, use: answer-event, commit: true, with: { atMost: 20m } }
  - { id: isolated, use: await-event, with: { states: [Executed], atMost: 20m } }
  - id: new-disk
    use: await-event
    with: { events: [SystemMaintenance.RebootAndReInitErrorDisk], states: [Inquiring], atMost: 10d }
  - { id: take-back, use: answer-event, with: { event: new-disk, atMost: 20m } }
  - { id: taken-back, use: await-event, with: { event: new-disk, states: [Executed], atMost: 20m } }${back}`;

const pulledStop = `
match: { events: [SystemMaintenance.Stop], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 60m }
steps:${drain}
  - id: stop
    use: answer-event
    commit: true
    with: { action: wait, pullEarlier: true, atMost: 20m }
  - { id: stopped, use: await-event, with: { states: [Executed], atMost: 20m } }${back}`;

const scripts = `
match: { events: [SystemMaintenance.Reboot], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 60m }
steps:
  - id: stop
    use: run-script
    with:
      run: echo stopped >> /tmp/scripts.log
      timeout: 60s
      undo: { run: echo started >> /tmp/scripts.log, timeout: 60s }
  - { id: fail, use: run-script, with: { run: echo failed >> /tmp/scripts.log; exit 4, timeout: 60s } }
  - { id: restart, use: answer-event, commit: true, with: { atMost: 10m } }`;

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
  /** Accepted and restarted twice by one run that sleeps in between: isolated, and taken back in the next window. */
  'damaged disk': () => ({
    configuration: configurationOf(damagedDisk),
    announced: { event: undefined },
    near: ['acceptInquired', 'reboot'],
    prepare: (cloud) => {
      const diskId = cloud.instances.get(web2)!.disks.find(({ category }) => /^local_/.test(category))!.id;
      const offered = { online: false, onlineFails: false, isolateOnly: false };
      const times = { isolateAfterMs: 5 * 60_000, replaceAfterMs: 20 * 60_000 };
      damageDisk(cloud, { instanceId: web2, diskId, ...offered, ...times });
    },
  }),
  /** The second script fails, and so the first is put back by a third. */
  scripts: () => ({ configuration: configurationOf(scripts), near: ['run'] }),
  /** The platform is asked to stop the instance now, in our window, and what it has stopped is started. */
  'pulled stop': () => ({
    configuration: configurationOf(pulledStop),
    announced: { event: { ...event, code: 'SystemMaintenance.Stop' } },
    near: ['move', 'start'],
  }),
};

/** What the matrix compares; everything else may differ from schedule to schedule. */
interface Footprint {
  readonly finished: boolean;
  readonly outcome: string;
  readonly writes: readonly string[];
  /** Restart, stop, start, redeploy, and what was said to events, in order. */
  readonly answers: readonly string[];
  readonly weights: readonly number[];
  readonly boots: number;
  readonly slotLines: readonly string[];
  /** What scripts of the playbook left behind, a line each time one ran. */
  readonly scripts: string;
  readonly messagesLeft: number;
}

export interface Report {
  readonly tried: number;
  readonly calls: number;
  readonly plain: Footprint;
  readonly differences: readonly { readonly kills: readonly Kill[]; readonly footprint: Footprint }[];
}

async function main(part: number, parts: number, window: number, story: string): Promise<Report> {
  const { configuration, prepare, announced = { event }, near } = tales[story]!();
  const tell = (kills: readonly Kill[]) =>
    tellWithKills(quickFleet(), configuration, announced.event, kills, prepare);
  const plain = await tell([]);
  const expected = await footprint(plain);
  const schedules = [...singles(plain.calls), ...pairs(plain.calls, window)]
    .filter(([first]) => isNear(first?.call ?? 0, plain.names, near))
    .filter((_kills, index) => index % parts === part);
  const differences: Report['differences'][number][] = [];
  for (const kills of schedules) {
    const told = await footprint(await tell(kills));
    if (JSON.stringify(told) !== JSON.stringify(expected)) differences.push({ kills, footprint: told });
  }
  return { tried: schedules.length, calls: plain.calls, plain: expected, differences };
}

/** True within some outside calls before one of those names, or behind it: its claim, and what notes its answer. */
function isNear(call: number, names: readonly string[], near: readonly string[] | undefined): boolean {
  if (near === undefined || process.env['CRASH_WINDOW'] !== undefined) return true;
  return names.slice(Math.max(0, call - 9), call + 6).some((name) => near.includes(name));
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
  // An event of the platform's own making is named after when it came, and a moved one is moved to now.
  const tellable = ({ EventId, NotBefore, ...others }: Readonly<Record<string, unknown>>) => ({
    ...others,
    ...(typeof EventId === 'string' && { event: cloud.events.get(EventId)?.code }),
  });
  const writes = cloud.writes.map(({ action, params }) => `${action} ${JSON.stringify(tellable(params))}`);
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
      /(Reboot|Stop|Start|Redeploy)Instance|SystemEvent/.test(action) ? [action] : [],
    ),
    weights: groups.flat().map(({ weight }) => weight),
    boots: (cloud.instances.get(web2)?.history ?? []).filter(({ status }) => status === 'Starting').length,
    slotLines: slots.lines.map((line) => String((JSON.parse(line) as { kind: string }).kind)),
    scripts: String(cloud.instances.get(web2)?.files.get('/tmp/scripts.log') ?? ''),
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

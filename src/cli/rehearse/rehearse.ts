import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, machine } from '../../connect';
import type { LogEntry } from '../../engine/ports';
import type { Configuration } from '../../playbook/configuration';
import { sayInstant } from '../../playbook/zone-time';
import { readHappenings, type Asked, type Happening } from '../announcements';
import { configurationOf } from '../check';
import { BadInput, exits } from '../exits';
import type { State } from '../front-door';
import { projectFolder, usualFleet, usualPlaybooks } from '../places';
import type { Screen } from '../screen';
import { localContext, withSimulatedCloud, type SimulatedCloud } from '../simulated-cloud';
import { readFault } from './fault-flag';
import { createRunner, type LoadHandler } from './local-runner';
import { checkPromises } from './promises';
import { outcomeOf, reportJson, reportLines, type Report } from './report';
import { play } from './play';
import type { Teller } from './stage';
import { readQueues, readTemplate, type PlayedFunction, type PlayedQueue } from './template';
import { createTimeline, shortId } from './timeline';

export interface RehearseOptions extends Asked {
  readonly playbooks?: string;
  readonly fleet?: string;
  readonly faults: readonly string[];
  /** The outcome that every run must have; `none` when no run may start. */
  readonly expect?: string;
  readonly days: number;
  readonly json: boolean;
}

/** The instance of the example whose restart `npm start` tells of. */
const exampleInstance = 'i-bp1web0000000000002';

/** Plays a story against the simulated cloud with the real functions, and reports. Answers the exit code. */
export async function rehearse(options: RehearseOptions, screen: Screen, load: LoadHandler): Promise<number> {
  const startedAt = machine.now();
  const playbooks = options.playbooks ?? usualPlaybooks();
  const fleet = options.fleet ?? usualFleet(playbooks);
  const faults = options.faults.map(readFault);
  return withSimulatedCloud(fleet, async (cloud) => {
    const before = await cloud.door.state();
    const configuration = configurationOf(playbooks, before.now);
    const happenings = readHappenings(withDefault(options, before), { ...cloud.facts, now: before.now });
    refusePast(happenings, fleet);
    for (const fault of faults) await cloud.door.fault(fault);
    const report = await tellStory(
      { options, cloud, configuration, playbooks, before, happenings, startedAt },
      screen,
      load,
    );
    if (options.json) process.stdout.write(`${JSON.stringify(reportJson(report))}\n`);
    else for (const line of reportLines(report, screen.paint)) screen.print(line);
    return isGood(report, options.expect) ? exits.good : exits.failed;
  });
}

interface Setting {
  readonly options: RehearseOptions;
  readonly cloud: SimulatedCloud;
  readonly configuration: Configuration;
  readonly playbooks: string;
  readonly before: State;
  readonly happenings: readonly Happening[];
  readonly startedAt: number;
}

async function tellStory(setting: Setting, screen: Screen, load: LoadHandler): Promise<Report> {
  const { options, cloud, configuration, playbooks, before, happenings, startedAt } = setting;
  const zone = configuration.calendars[0]?.spec.zone ?? 'UTC';
  const clock = { now: before.now };
  const { account, region, endpoint } = cloud.facts;
  const members = `${before.instances.length} instances`;
  screen.print(
    screen.paint.dim(`${members} in the simulated cloud of ${account}, ${region}, at ${endpoint}`),
  );
  screen.print(screen.paint.dim(`playbooks ${playbooks}; times in ${zone}`));
  screen.print('');
  const now = () => clock.now;
  const timeline = createTimeline(zone, screen.paint);
  const tell = tellerOn(screen, timeline, zone);
  let heard: LogEntry[] = [];
  const log = (entry: LogEntry) => {
    heard.push(entry);
  };
  const { functions, queues } = readDeployment(cloud);
  await cloud.door.deployQueues(queues);
  const queue = functions[0]?.environment['FAILOVER_QUEUE'] ?? '';
  const { world } = connect(
    localContext(cloud, functions[0]?.environment ?? {}, { now, log: () => undefined }),
  );
  const runner = createRunner({ functions, load, facts: cloud.facts, playbooks, now, log });
  const takeLog = () => {
    const taken = heard;
    heard = [];
    return taken;
  };
  const horizonMs = options.days * 24 * 3_600_000;
  const played = await play({ cloud, runner, world, queue, clock, happenings, horizonMs, takeLog, tell });
  screen.status([]);
  const [after, spans] = [await cloud.door.state(), await cloud.door.outOfService()];
  const promises = checkPromises({
    ...played,
    before: before.groups,
    after: after.groups,
    spans,
    leftAlone: [...played.leftAlone.keys()],
    members: before.instances.map(({ id, zone: at }) => ({ instanceId: id, zone: at })),
  });
  const realMs = machine.now() - startedAt;
  return { ...played, spans, promises, from: before.now, to: clock.now, realMs, zone };
}

/** A stretch of the cloud's time in which nothing new is told says so itself. */
const silenceMs = 3 * 3_600_000;

function tellerOn(screen: Screen, timeline: ReturnType<typeof createTimeline>, zone: string): Teller {
  let toldAt: number | undefined;
  return {
    happening: (at, { event }, id) => {
      toldAt = at;
      const planned =
        event?.notBefore === undefined ? '' : `, planned for ${sayInstant(event.notBefore, zone)}`;
      const text =
        event === undefined
          ? 'a payload arrives that cannot be read'
          : `ECS announces  ${event.code} (${event.status}) ${id ?? ''}${planned}`;
      screen.print(
        timeline.line(at, event === undefined ? '' : shortId(event.instanceId), screen.paint.bold(text)),
      );
    },
    told: (entries, writes) => {
      const lines = timeline.told(entries, writes);
      for (const line of lines) screen.print(line);
      if (lines.length > 0) toldAt = Math.max(toldAt ?? 0, entries.at(-1)?.at ?? 0);
    },
    passed: (planned) => {
      const text = "the provider's planned time passes; nothing is left for it to do";
      screen.print(timeline.line(planned, 'everything', screen.paint.bold(text)));
    },
    moved: (now) => {
      toldAt ??= now;
      if (now - toldAt >= silenceMs) {
        screen.print(screen.paint.dim(timeline.line(now, 'everything', '… nothing new')));
        toldAt = now;
      }
      screen.status(timeline.status(now));
    },
  };
}

function readDeployment({ facts }: SimulatedCloud): {
  readonly functions: readonly PlayedFunction[];
  readonly queues: readonly PlayedQueue[];
} {
  const text = readFileSync(join(projectFolder, 'template.yml'), 'utf8');
  const given = {
    StateBucket: facts.bucket,
    'ALIYUN::Region': facts.region,
    'ALIYUN::TenantId': facts.account,
  };
  return { functions: readTemplate(text, given), queues: readQueues(text, given) };
}

function withDefault(asked: Asked, { instances }: State): Asked {
  if (asked.files.length > 0 || asked.code !== undefined || asked.instance !== undefined) return asked;
  const instance = instances.find(({ id }) => id === exampleInstance) ?? instances[0];
  if (instance === undefined) throw new BadInput('fleet: instances: found none; expected at least one');
  return { ...asked, code: 'SystemMaintenance.Reboot', instance: instance.id };
}

/** An event that was recorded long ago would be over before the story begins. */
function refusePast(happenings: readonly Happening[], fleet: string): void {
  for (const { at, event } of happenings) {
    if (event?.status !== 'Scheduled' || event.notBefore === undefined || event.notBefore > at) continue;
    const planned = new Date(event.notBefore).toISOString();
    throw new BadInput(
      `${event.id ?? event.code}: planned for ${planned}, and the story's clock is at ${new Date(at).toISOString()}; set an earlier start: in ${fleet}`,
    );
  }
}

function isGood({ runs, promises }: Report, expect: string | undefined): boolean {
  const kept = promises.every(({ violations }) => violations.length === 0);
  if (expect === 'none') return kept && runs.length === 0;
  const wanted = expect === undefined ? ['done', 'withdrawn'] : [expect];
  return kept && runs.length > 0 && runs.every((run) => wanted.includes(outcomeOf(run)));
}

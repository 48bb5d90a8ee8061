import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../connect';
import type { LogEntry } from '../../engine/ports';
import type { Configuration } from '../../playbook/configuration';
import type { Happening } from '../announcements';
import type { State } from '../front-door';
import { projectFolder } from '../places';
import type { Screen } from '../screen';
import { localContext, type SimulatedCloud } from '../simulated-cloud';
import { createRunner, type LoadHandler } from './local-runner';
import type { Stage } from './stage';
import { tellerOn } from './teller';
import { readQueues, readTemplate, type PlayedFunction, type PlayedQueue } from './template';
import { createTimeline } from './timeline';

export interface Setting {
  readonly cloud: SimulatedCloud;
  readonly configuration: Configuration;
  readonly playbooks: string;
  readonly before: State;
  readonly happenings: readonly Happening[];
  readonly horizonMs: number;
}

/** Deploys the template into the simulated cloud, and makes everything ready to be played. */
export async function setStage(
  { cloud, configuration, playbooks, before, happenings, horizonMs }: Setting,
  screen: Screen,
  load: LoadHandler,
): Promise<Stage & { readonly zone: string }> {
  const zone = configuration.calendars[0]?.spec.zone ?? 'UTC';
  const clock = { now: before.now };
  const now = () => clock.now;
  introduce(cloud, { playbooks, before, zone }, screen);
  let heard: LogEntry[] = [];
  const log = (entry: LogEntry) => {
    heard.push(entry);
  };
  const { functions, queues } = readDeployment(cloud);
  await cloud.door.deployQueues(queues);
  const environment = functions[0]?.environment ?? {};
  const { world } = connect(localContext(cloud, environment, { now, log: () => undefined }));
  return {
    cloud,
    world,
    clock,
    zone,
    happenings,
    horizonMs,
    queue: environment['FAILOVER_QUEUE'] ?? '',
    runner: createRunner({ functions, load, facts: cloud.facts, playbooks, now, log }),
    tell: tellerOn(screen, createTimeline(zone, screen.paint), zone),
    takeLog: () => {
      const taken = heard;
      heard = [];
      return taken;
    },
  };
}

function introduce(
  { facts }: SimulatedCloud,
  { playbooks, before, zone }: Pick<Setting, 'playbooks' | 'before'> & { readonly zone: string },
  screen: Screen,
): void {
  const { account, region, endpoint } = facts;
  const where = `${before.instances.length} instances in the simulated cloud of ${account}, ${region}, at ${endpoint}`;
  screen.print(screen.paint.dim(where));
  screen.print(screen.paint.dim(`playbooks ${playbooks}; times in ${zone}`));
  screen.print('');
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

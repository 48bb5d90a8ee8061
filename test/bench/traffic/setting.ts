import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { projectFolder } from '../../../src/cli/places';
import { balancersOf, groupIds, type BalancedFleet, type Kind } from './balancers';

/** Tuesday 02:10 in Hangzhou: a window is open, nothing has to be waited for. */
const start = '2026-11-17T18:10:00Z';
const trafficSteps = ['drain-traffic', 'restore-traffic'];
/** As many connections may be left as there are. */
const anyNumber = { activeConnectionsBelow: 1_000_000, for: '1s' };

/** What a playbook does about traffic: drains and waits for the connections to end, only drains, or nothing. */
export const manners = ['waits', 'hurries', 'ignores'] as const;
export type Manner = (typeof manners)[number];

interface PlaybookFile {
  readonly spec: { readonly steps: readonly { readonly use: string; readonly with?: object }[] };
}
interface PoolFile {
  readonly spec: { readonly health: readonly object[] };
}

/** Files for one telling. */
export interface Setting {
  readonly playbooks: string;
  readonly fleet: string;
  remove(): void;
}

/**
 * The project's own playbook, pool and fleet, written anew: with a load balancer of this kind, and as they are, or with a
 * drain that does not wait, or without the steps that take the traffic away and give it back. Then the pool names no
 * places either, because a restart under traffic that it knows of is refused.
 */
export function writeSetting(kind: Kind, manner: Manner): Setting {
  const folder = mkdtempSync(join(tmpdir(), 'ecs-failover-bench-'));
  const playbooks = join(folder, 'playbooks');
  const fleet = join(folder, 'fleet.yml');
  const own = join(projectFolder, 'playbooks');
  cpSync(join(own, 'calendars'), join(playbooks, 'calendars'), { recursive: true });
  cpSync(join(own, 'settings.yml'), join(playbooks, 'settings.yml'));
  const write = <T>(from: string, to: string, change: (file: T) => object) => {
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, stringify(change(parse(readFileSync(join(own, from), 'utf8')) as T)));
  };
  write<PlaybookFile>('planned-restart.yml', join(playbooks, 'planned-restart.yml'), (file) =>
    inManner(file, manner),
  );
  write<PoolFile>('pools/web-hangzhou.yml', join(playbooks, 'pools', 'web-hangzhou.yml'), (file) =>
    manner === 'ignores' ? inNoPlace(file) : inPlaces(file, kind),
  );
  write<BalancedFleet>('example/fleet.yml', fleet, (file) => ({ ...balancersOf(kind, file), start }));
  return { playbooks, fleet, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function inManner({ spec, ...rest }: PlaybookFile, manner: Manner): PlaybookFile {
  const steps = {
    waits: spec.steps,
    hurries: spec.steps.map((step) =>
      step.use === 'drain-traffic' ? { ...step, with: { ...step.with, quiet: anyNumber } } : step,
    ),
    ignores: spec.steps.filter(({ use }) => !trafficSteps.includes(use)),
  };
  return { ...rest, spec: { ...spec, steps: steps[manner] } };
}

function inPlaces(pool: PoolFile, kind: Kind): object {
  if (kind === 'clb') return pool;
  const traffic = groupIds.map((serverGroup) => ({ [kind]: { serverGroup } }));
  return { ...pool, spec: { ...pool.spec, traffic } };
}

function inNoPlace({ spec, ...rest }: PoolFile): object {
  const health = spec.health.filter((check) => !('loadBalancer' in check));
  return { ...rest, spec: { ...spec, traffic: [], health } };
}

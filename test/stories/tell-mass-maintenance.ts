// A program of its own: 200 runs are told several times faster outside the test runner.
import { announce } from '../../simulator/ecs/announce';
import { collectPushes } from '../../simulator/ecs/pushes';
import type { FleetInput } from '../../simulator/fleet/schema';
import { advance, type Shift } from '../../src/engine/advance';
import { receive } from '../../src/engine/receive';
import { sweep } from '../../src/engine/sweep';
import type { Configuration } from '../../src/playbook/configuration';
import { Guard } from '../../src/playbook/configuration';
import { stepTypes } from '../../src/steps';
import { openInProcessWorld, type InProcessWorld } from '../support/in-process-world';
import { changedConfiguration } from '../support/story';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const members = 200;
const idOf = (index: number) => `i-bp1mass${String(index).padStart(12, '0')}`;

/** 200 small members in two zones behind one load balancer, whose connections are gone at once. */
function massFleet(): FleetInput {
  const all = Array.from({ length: members }, (_item, index) => index);
  return {
    start: '2026-11-17T07:10:00Z',
    instances: all.map((index) => ({
      id: idOf(index),
      name: `web-${index}`,
      zone: index % 2 === 0 ? 'cn-hangzhou-h' : 'cn-hangzhou-i',
      privateIp: `10.0.${Math.floor(index / 250)}.${(index % 250) + 1}`,
      startedAt: '2026-10-02T03:04:05Z',
      tags: { app: 'storefront', role: 'web' },
      connections: { perWeight: 0, halfLifeSeconds: 1, floor: 0 },
    })),
    loadBalancers: [
      {
        id: 'lb-bp1web0000001',
        listeners: [{ port: 80, backendPort: 8080 }],
        defaultGroup: all.map((index) => ({ server: idOf(index) })),
      },
    ],
  };
}

function massConfiguration(): Configuration {
  const [playbook] = changedConfiguration({}).playbooks;
  const steps = (playbook?.spec.steps ?? [])
    .filter(({ use }) => use !== 'back-up-data')
    .map((step) => {
      if (step.use === 'answer-event') return { ...step, with: { ...step.with, requireBackup: undefined } };
      return step.use === 'restore-traffic' ? { ...step, with: { ramp: [{ weight: 100 }] } } : step;
    });
  const guard = Guard.parse({ minHealthy: '75%', maxOut: '10%', maxOutPerZone: 10, soakBetween: '1m' });
  return changedConfiguration({ playbook: { steps }, pool: { guard, scaling: 'ignore' } });
}

/** What the triggers do, minute by minute while somebody may work; by the hour until the next night. */
async function play({ cloud, world, moveTo }: InProcessWorld, configuration: Configuration, until: number) {
  while (cloud.now < until) {
    const shift: Shift = { steps: stepTypes, until: cloud.now + 100_000 };
    collectPushes(cloud);
    for (const { body } of cloud.pushes.splice(0)) {
      await receive(world, shift, configuration, Buffer.from(body));
    }
    if ((cloud.now / minuteMs) % 5 === 0) await sweep(world, shift, configuration);
    await advance(world, shift);
    if ((await world.openRuns.list()).length === 0) return;
    moveTo(nextTick(cloud.now));
  }
}

/** The nights are from 02:00 to 05:00 in Hangzhou, which is 18:00 to 21:00 in Greenwich. */
function nextTick(now: number): number {
  const hour = new Date(now).getUTCHours();
  const quiet = hour < 17 || hour > 21;
  const inFirstHour = now < Date.parse('2026-11-17T08:10:00Z');
  return quiet && !inFirstHour ? (Math.floor(now / hourMs) + 1) * hourMs : now + minuteMs;
}

export interface MassStory {
  readonly digests: readonly string[];
  /** Notices and calls for a person. */
  readonly told: readonly string[];
  readonly outcomes: Readonly<Record<string, number>>;
  /** Most members that were out of service at once. */
  readonly mostOut: number;
  readonly lastAt: string;
}

async function main(): Promise<MassStory> {
  const inProcess = openInProcessWorld(massFleet());
  const { cloud, logged } = inProcess;
  const deadline = Date.parse('2026-11-22T06:00:00Z');
  for (let index = 0; index < members; index += 1) {
    const code = 'SystemMaintenance.Reboot';
    announce(cloud, { instanceId: idOf(index), code, notBefore: deadline, clears: true, reason: 'rack' });
  }
  await play(inProcess, massConfiguration(), deadline);
  const texts = (kinds: readonly string[]) =>
    logged.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text);
  const ends = logged.flatMap(({ data }) =>
    data?.['outcome'] === undefined ? [] : [data['outcome'] as string],
  );
  const { lines } = await inProcess.world.journals.read('pools/web-hangzhou', 0);
  return {
    digests: texts(['digest']),
    told: texts(['notice', 'call-someone']),
    outcomes: Object.fromEntries(
      [...new Set(ends)].map((end) => [end, ends.filter((one) => one === end).length]),
    ),
    mostOut: mostAtOnce(lines.map((line) => JSON.parse(line) as { kind: string })),
    lastAt: new Date(
      Math.max(...logged.filter(({ kind }) => kind === 'run').map(({ at }) => at)),
    ).toISOString(),
  };
}

function mostAtOnce(lines: readonly { readonly kind: string }[]): number {
  let out = 0;
  let most = 0;
  for (const { kind } of lines) {
    if (kind === 'taken') out += 1;
    if (kind === 'returned') out -= 1;
    most = Math.max(most, out);
  }
  return most;
}

void main().then((story) => process.stdout.write(JSON.stringify(story)));

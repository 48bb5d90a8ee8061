// A program of its own: 200 runs are told several times faster outside the test runner.
import { advance, type Shift } from '../../src/engine/advance';
import { receive } from '../../src/engine/receive';
import { sweep } from '../../src/engine/sweep';
import { Guard, type Configuration } from '../../src/playbook/configuration';
import { stepTypes } from '../../src/steps';
import type { FleetInput } from '../../simulator/fleet/schema';
import { openInProcessWorld, type InProcessWorld } from '../support/in-process-world';
import { changedConfiguration } from '../support/story';

const minuteMs = 60_000;
const members = 240;
const reclaimed = 200;
const start = '2026-11-17T07:10:00Z';
const idOf = (index: number) => `i-bp1spot${String(index).padStart(12, '0')}`;

/** Members behind the default group and one vServer group of a load balancer. */
function spotFleet(): FleetInput {
  const all = Array.from({ length: members }, (_item, index) => index);
  return {
    start,
    instances: all.map((index) => ({
      id: idOf(index),
      name: `web-${index}`,
      zone: index % 2 === 0 ? 'cn-hangzhou-h' : 'cn-hangzhou-i',
      privateIp: `10.0.${Math.floor(index / 250)}.${(index % 250) + 1}`,
      startedAt: '2026-10-02T03:04:05Z',
      tags: { app: 'storefront', role: 'web' },
      spot: true,
      connections: { perWeight: 0, halfLifeSeconds: 1, floor: 0 },
    })),
    loadBalancers: [
      {
        id: 'lb-bp1web0000001',
        listeners: [{ port: 80, backendPort: 8080 }],
        defaultGroup: all.map((index) => ({ server: idOf(index) })),
        vServerGroups: [
          {
            id: 'rsp-bp1web8443',
            name: 'https',
            backends: all.map((index) => ({ server: idOf(index), port: 8443 })),
          },
        ],
      },
    ],
  };
}

function spotConfiguration(): Configuration {
  const [playbook] = changedConfiguration({}).playbooks;
  const { match, steps = [] } = playbook?.spec ?? {};
  const drain = steps.filter(({ use }) => use === 'drain-traffic').map((step) => ({ ...step, commit: true }));
  const guard = Guard.parse({ minHealthy: '75%', hardFloor: '10%', maxOut: '10%' });
  return changedConfiguration({
    playbook: {
      match: { ...match!, events: ['Instance:PreemptibleInstanceInterruption'], states: ['Executing'] },
      steps: drain,
    },
    pool: { guard, scaling: 'ignore' },
  });
}

/** As EventBridge sends it. */
function notice(index: number): Buffer {
  const data = { instanceId: idOf(index), action: 'delete' };
  return Buffer.from(
    JSON.stringify({
      specversion: '1.0',
      id: `spot-${index}`,
      source: 'acs.ecs',
      type: 'ecs:Instance:PreemptibleInstanceInterruption',
      subject: `acs.ecs:cn-hangzhou:1690700000000030:instance/${idOf(index)}`,
      time: '2026-11-17T15:10:00+08:00',
      datacontenttype: 'application/json;charset=utf-8',
      aliyunaccountid: '1690700000000030',
      aliyunregionid: 'cn-hangzhou',
      aliyuneventbusname: 'default',
      data,
    }),
  );
}

/** Every notice has an invocation of its own, all of them at once; then the timers go, minute by minute. */
async function play({ cloud, world, moveTo }: InProcessWorld, configuration: Configuration): Promise<void> {
  const shift = (): Shift => ({ steps: stepTypes, until: cloud.now + 100_000 });
  const notices = Array.from({ length: reclaimed }, (_item, index) => notice(index));
  for (let index = 0; index < reclaimed; index += 1)
    cloud.instances.get(idOf(index))?.locks.push('recycling');
  const again: Buffer[] = [];
  await Promise.all(
    notices.map((body, index) =>
      receive({ ...world, worker: `worker-${index}` }, shift(), configuration, body).catch(() =>
        again.push(body),
      ),
    ),
  );
  for (let minute = 1; minute <= 30; minute += 1) {
    moveTo(Date.parse(start) + minute * minuteMs);
    for (const body of again.splice(0)) await receive(world, shift(), configuration, body);
    if (minute % 5 === 0) await sweep(world, shift(), configuration);
    await advance(world, shift());
    if ((await world.openRuns.list()).length === 0) return;
  }
}

export interface SpotStory {
  readonly outcomes: Readonly<Record<string, number>>;
  /** Seconds from the notices to the first and to the last write about an instance, of the slowest. */
  readonly lastBegunAfter: number;
  readonly lastDoneAfter: number;
  /** Instances whose weight was written to 0 in each group, and calls of each operation. */
  readonly drained: number;
  readonly calls: Readonly<Record<string, number>>;
  /** Instance and group that were named in two writes. */
  readonly twice: number;
}

async function main(): Promise<SpotStory> {
  const inProcess = openInProcessWorld(spotFleet(), { throttles: true });
  const { cloud, logged } = inProcess;
  await play(inProcess, spotConfiguration());
  const named = cloud.writes
    .filter(({ outcome, product }) => outcome === 'done' && product === 'slb')
    .flatMap(({ at, action, params }) =>
      (JSON.parse(String(params['BackendServers'])) as { ServerId: string }[]).map(({ ServerId }) => ({
        at,
        key: `${action} ${ServerId}`,
        id: ServerId,
      })),
    );
  const ids = [...new Set(named.map(({ id }) => id))];
  const after = (of: (...times: number[]) => number) =>
    Math.max(...ids.map((id) => of(...named.filter((one) => one.id === id).map(({ at }) => at)))) -
    Date.parse(start);
  const ends = logged.flatMap(({ data }) =>
    data?.['outcome'] === undefined ? [] : [data['outcome'] as string],
  );
  const actions = cloud.writes.filter(({ product }) => product === 'slb').map(({ action }) => action);
  const count = (texts: readonly string[]) =>
    Object.fromEntries([...new Set(texts)].map((text) => [text, texts.filter((one) => one === text).length]));
  return {
    outcomes: count(ends),
    lastBegunAfter: after(Math.min) / 1000,
    lastDoneAfter: after(Math.max) / 1000,
    drained: ids.length,
    calls: count(actions),
    twice: named.length - new Set(named.map(({ key }) => key)).size,
  };
}

void main().then((story) => process.stdout.write(JSON.stringify(story)));

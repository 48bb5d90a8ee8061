import { advance } from '../../../src/engine/advance';
import { sweep } from '../../../src/engine/sweep';
import { stepTypes } from '../../../src/steps';
import { openStory, type Story } from '../../support/story';
import { anInstance, configurationOf, fleetOf } from './fleet';
import { prices, usual } from './prices';

const monthDays = 30;
const sweeps = monthDays * 24 * 12;
const advances = monthDays * 24 * 60;
/** Runs, events, and the dead letters of both. */
const queues = 4;
/** Events a month, as a share of the instances. */
const eventsShare = 0.01;
/** The history and the listing of playbooks/ at every sweep and push. */
const configurationReads = 2;

interface Calls {
  readonly oss: number;
  readonly mns: number;
  readonly api: number;
}

async function callsOf(story: Story, act: () => Promise<unknown>): Promise<Calls> {
  const count = async () => {
    const { calls } = (await story.simulator.knock('GET', '/calls')) as {
      calls: { product: string; count: number }[];
    };
    const of = (wanted: (product: string) => boolean) =>
      calls.filter(({ product }) => wanted(product)).reduce((sum, one) => sum + one.count, 0);
    return {
      oss: of((product) => product === 'oss'),
      mns: of((product) => product === 'mns'),
      api: of((product) => product !== 'oss' && product !== 'mns'),
    };
  };
  const before = await count();
  await act();
  const after = await count();
  return { oss: after.oss - before.oss, mns: after.mns - before.mns, api: after.api - before.api };
}

/** A sweep in which nothing is new, an advance with nothing due, and one event from its announcement to its end. */
async function countAt(instances: number) {
  const story = await openStory({ fleet: fleetOf(instances), configuration: configurationOf(instances) });
  const shift = { steps: stepTypes, until: Infinity };
  try {
    await sweep(story.world, shift, story.configuration);
    await story.advance(300);
    const swept = await callsOf(story, () => sweep(story.world, shift, story.configuration));
    const advanced = await callsOf(story, () => advance(story.world, shift));
    const notBefore = new Date(story.world.now() + 40 * 3_600_000).toISOString().replace(/\.\d+/, '');
    const code = 'SystemMaintenance.Reboot';
    await story.announce({ eventId: 'e-bp1cost00000000001', instanceId: anInstance, code, notBefore });
    const event = await callsOf(story, () => story.play());
    const [end] = story.ends();
    if (end?.end !== 'done') throw new Error(`the event ended ${end?.end ?? 'nowhere'}`);
    return { swept: { ...swept, oss: swept.oss + configurationReads }, advanced, event };
  } finally {
    await story.close();
  }
}

function monthOf(instances: number, { swept, advanced, event }: Awaited<ReturnType<typeof countAt>>) {
  const events = Math.ceil(instances * eventsShare);
  const sum = (kind: keyof Calls) => sweeps * swept[kind] + advances * advanced[kind] + events * event[kind];
  const calls = { oss: sum('oss'), mns: sum('mns'), api: sum('api') };
  const all = calls.oss + calls.mns + calls.api;
  const invocations = sweeps + advances + events * 100;
  const seconds = invocations * usual.ownSeconds + all * usual.callSeconds;
  const { cuOf } = prices;
  const perSecond =
    usual.vcpu * cuOf.vcpuSecond + usual.gb * cuOf.gbSecond + usual.diskGb * cuOf.diskGbSecond;
  const cu = invocations * cuOf.invocation + seconds * perSecond;
  const logGb = (invocations * usual.logKb) / 1024 / 1024;
  const cost = {
    compute: cu * prices.cu,
    queues: queues * monthDays * prices.queueDay,
    oss: calls.oss * prices.ossRequest,
    logs: logGb * prices.logGb,
  };
  if (calls.mns > prices.freeQueueRequests) throw new Error('more queue requests than are free');
  const total = cost.compute + cost.queues + cost.oss + cost.logs;
  return { instances, events, swept, advanced, event, calls, invocations, cu, cost, total };
}

async function main(): Promise<void> {
  const rows: ReturnType<typeof monthOf>[] = [];
  for (const instances of [100, 5000]) rows.push(monthOf(instances, await countAt(instances)));
  const number = (value: number) => Math.round(value).toLocaleString('en');
  const money = (value: number) => value.toFixed(2);
  const line = (name: string, of: (row: (typeof rows)[number]) => string) =>
    `| ${[name, ...rows.map(of)].join(' | ')} |`;
  const say = ({ oss, mns, api }: Calls) => `${number(oss)} / ${number(mns)} / ${number(api)}`;
  const table = [
    line('a month', ({ instances }) => `${number(instances)} instances`),
    line('---', () => '---:'),
    line('events answered (1 %)', ({ events }) => number(events)),
    line('calls of a quiet sweep: OSS / MNS / other APIs', ({ swept }) => say(swept)),
    line('calls of a quiet `advance`', ({ advanced }) => say(advanced)),
    line('calls of one event, with its sweeps', ({ event }) => say(event)),
    line('calls in all', ({ calls }) => say(calls)),
    line('invocations', ({ invocations }) => number(invocations)),
    line('Function Compute, CU', ({ cu }) => number(cu)),
    line('Function Compute, yuan', ({ cost }) => money(cost.compute)),
    line('queues, yuan', ({ cost }) => money(cost.queues)),
    line('OSS requests, yuan', ({ cost }) => money(cost.oss)),
    line('logs, yuan', ({ cost }) => money(cost.logs)),
    line('**in all, yuan**', ({ total }) => `**${money(total)}**`),
  ];
  process.stdout.write(`${table.join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});

import { prices, usual } from './prices';

const monthDays = 30;
const sweeps = monthDays * 24 * 12;
const advances = monthDays * 24 * 60;
/** Runs, events, and the dead letters of both. */
const queues = 4;
/** Events a month, as a share of the instances. */
const eventsShare = 0.01;
export interface Calls {
  readonly oss: number;
  readonly mns: number;
  readonly api: number;
}

/** Calls of a quiet sweep, of an advance with nothing due, and of one event from its announcement to its end. */
export interface Counted {
  readonly swept: Calls;
  readonly advanced: Calls;
  readonly event: Calls;
}

export type Month = ReturnType<typeof monthOf>;

/** What these calls come to in a month, in yuan. */
export function monthOf(instances: number, { swept, advanced, event }: Counted) {
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

/** The table of docs/install.md. */
export function tableOf(rows: readonly Month[]): string {
  const number = (value: number) => Math.round(value).toLocaleString('en');
  const money = (value: number) => value.toFixed(2);
  const line = (name: string, of: (row: Month) => string) => `| ${[name, ...rows.map(of)].join(' | ')} |`;
  const say = ({ oss, mns, api }: Calls) => `${number(oss)} / ${number(mns)} / ${number(api)}`;
  return [
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
  ].join('\n');
}

import type { FunctionContext } from '../../connect';
import type { Log } from '../../engine/ports';
import type { Push } from '../front-door';
import { localContext, type Facts } from '../simulated-cloud';
import { nextTick } from './schedule';
import type { PlayedFunction } from './template';

export type Handler = (event: Buffer, context: FunctionContext) => Promise<unknown>;
/** Finds the code of a function: built files for the command, sources for tests. */
export type LoadHandler = (played: PlayedFunction) => Promise<Handler>;

export interface RunnerOptions {
  readonly functions: readonly PlayedFunction[];
  readonly load: LoadHandler;
  readonly facts: Facts;
  readonly playbooks: string;
  readonly now: () => number;
  readonly log: Log;
}

/** A timer trigger and when it fires next. */
export interface Timer {
  readonly played: PlayedFunction;
  readonly name: string;
  readonly payload: string;
  /** The first tick after an instant. */
  readonly after: (at: number) => number;
}

/** Plays the deployed functions on this machine: the same handlers, called as Function Compute calls them. */
export interface Runner {
  readonly timers: readonly Timer[];
  tick(timer: Timer): Promise<void>;
  deliver(push: Push): Promise<void>;
}

/** Makes the runner of a template's functions. Timers are counted from now on. */
export function createRunner({ functions, load, facts, playbooks, now, log }: RunnerOptions): Runner {
  const createdAt = now();
  let invocations = 0;
  const invoke = async (played: PlayedFunction, event: unknown): Promise<void> => {
    const environment = { ...played.environment, FAILOVER_PLAYBOOKS: playbooks };
    invocations += 1;
    const context: FunctionContext = {
      ...localContext({ facts }, environment, { now, log }),
      requestId: `local-${invocations}`,
      function: { name: played.name, timeout: played.timeoutSeconds },
    };
    const handler = await load(played);
    try {
      await handler(Buffer.from(typeof event === 'string' ? event : JSON.stringify(event)), context);
    } catch (error) {
      log({ at: now(), kind: 'warning', text: `${played.name} failed: ${String(error)}` });
    }
  };
  return {
    timers: functions.flatMap((played) =>
      played.timers.map(({ name, schedule, payload }) => ({
        played,
        name,
        payload,
        after: (at: number) => nextTick(schedule, createdAt, at),
      })),
    ),
    tick: ({ played, name, payload }) =>
      invoke(played, { triggerTime: new Date(now()).toISOString(), triggerName: name, payload }),
    deliver: async (push) => {
      const source = push.channel === 'eventbridge' ? 'bus' : 'queue';
      for (const played of functions.filter(({ sources }) => sources.includes(source))) {
        await invoke(played, source === 'bus' ? push.body : streamOf(push, facts, now()));
      }
    },
  };
}

/**
 * A notice of CloudMonitor as it comes out of the queue: an event stream hands over arrays of CloudEvents that
 * wrap the messages.
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/smq-triggers
 */
function streamOf({ body, at }: Push, { account, region }: Facts, now: number): unknown {
  const id = `message-${at}-${body.length}`;
  return [
    {
      id,
      source: 'failover-events',
      specversion: '1.0',
      type: 'mns:Queue:SendMessage',
      datacontenttype: 'application/json; charset=utf-8',
      subject: `acs:mns:${region}:${account}:queues/failover-events`,
      time: new Date(now).toISOString(),
      aliyunaccountid: account,
      aliyunregionid: region,
      data: { requestId: id, messageId: id, messageBody: body },
    },
  ];
}

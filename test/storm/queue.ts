import type { Queue, Received } from '../../src/engine/ports';
import type { Millis } from '../../src/event/system-event';
import type { Chance } from './chance';
import type { Invocation } from './invocation';
import type { OtherFault, Swarm } from './swarm';
import type { Tally } from './tally';
import type { Wire } from './wire';

interface Stored {
  readonly messageId: string;
  readonly body: string;
  readonly runId: string;
  readonly sentAt: Millis;
  visibleAt: Millis;
  deliveries: number;
}

/** One queue as MNS keeps it: delays, visibility, handles that are good for one lease. */
export interface QueueStand {
  readonly portFor: (invocation: Invocation) => Queue;
  /** What was received too often without being removed. */
  readonly deadLettersFor: (invocation: Invocation) => Pick<Queue, 'receive' | 'remove'>;
  /** When the next message can be received; Infinity when there is none. */
  readonly nextVisible: () => Millis;
  readonly hasMessageOf: (runId: string) => boolean;
  /** Runs that have lost a message by a fault. */
  readonly lostOnes: ReadonlySet<string>;
  readonly everSent: (runId: string) => boolean;
}

export interface QueueOptions {
  readonly now: () => Millis;
  readonly wire: Wire;
  readonly chance: Chance;
  readonly swarm: Swarm;
  readonly tally: Tally;
  readonly stormy: () => boolean;
  readonly onSent: (body: string) => void;
}

const visibilityMs = 180_000;
const retentionMs = 7 * 24 * 3_600_000;
const longestDelaySeconds = 12 * 3600;
const batchSize = 16;

export function openQueue(options: QueueOptions): QueueStand {
  const messages = new Map<string, Stored>();
  const dead = new Map<string, Stored>();
  const lostOnes = new Set<string>();
  const everSent = new Set<string>();
  const post = poster(options, messages, lostOnes);
  const { now, wire, onSent } = options;
  const takingFrom = (
    from: Map<string, Stored>,
    invocation: Invocation,
    before: () => void,
  ): Pick<Queue, 'receive' | 'remove'> => ({
    receive: () =>
      wire.send(invocation, { product: 'mns', action: 'BatchReceiveMessage', write: false }, () => {
        before();
        return receive(from, now());
      }),
    remove: (handles) =>
      wire.send(invocation, { product: 'mns', action: 'BatchDeleteMessage', write: true }, () => {
        for (const message of from.values()) {
          if (now() < message.visibleAt && handles.includes(handleOf(message)))
            from.delete(message.messageId);
        }
      }),
  });
  return {
    portFor: (invocation) => ({
      send: (batch) =>
        wire.send(invocation, { product: 'mns', action: 'BatchSendMessage', write: true }, () => {
          for (const { body, delaySeconds } of batch) {
            checkDelay(delaySeconds);
            const runId = runOf(body);
            everSent.add(runId);
            onSent(body);
            post(body, runId, delaySeconds);
          }
        }),
      ...takingFrom(messages, invocation, () => moveDeadLetters(messages, dead, options)),
    }),
    deadLettersFor: (invocation) => takingFrom(dead, invocation, () => undefined),
    nextVisible: () => Math.min(...[...messages.values()].map(({ visibleAt }) => visibleAt)),
    hasMessageOf: (runId) =>
      [messages, dead].some((some) => [...some.values()].some((message) => message.runId === runId)),
    lostOnes,
    everSent: (runId) => everSent.has(runId),
  };
}

/** Puts a message into the queue, as the seed lets it get there. */
function poster(
  { now, chance, swarm, tally, stormy }: QueueOptions,
  messages: Map<string, Stored>,
  lostOnes: Set<string>,
) {
  let sent = 0;
  const strikes = (fault: OtherFault) => {
    const struck = stormy() && chance.happens(swarm.others[fault] ?? 0);
    if (struck) tally.count('fault', fault);
    return struck;
  };
  const put = (body: string, runId: string, delayMs: number) => {
    const messageId = `m${(sent += 1)}`;
    messages.set(messageId, {
      messageId,
      body,
      runId,
      sentAt: now(),
      visibleAt: now() + delayMs,
      deliveries: 0,
    });
  };
  return (body: string, runId: string, delaySeconds: number) => {
    if (strikes('message-lost')) {
      lostOnes.add(runId);
      return;
    }
    if (strikes('message-repeated')) put(body, runId, delaySeconds * 1000 + chance.between(0, 60_000));
    const late = strikes('message-late') ? chance.between(10_000, 1_200_000) : 0;
    const early = late === 0 && delaySeconds > 0 && strikes('message-early');
    put(body, runId, early ? 0 : delaySeconds * 1000 + late);
  };
}

/** https://www.alibabacloud.com/help/en/mns/developer-reference/dead-letter-queue */
function moveDeadLetters(
  messages: Map<string, Stored>,
  dead: Map<string, Stored>,
  { now, swarm, tally }: QueueOptions,
): void {
  for (const message of messages.values()) {
    if (message.visibleAt > now() || message.deliveries < swarm.deliveries) continue;
    messages.delete(message.messageId);
    dead.set(message.messageId, message);
    tally.count('fault', 'message-dead');
  }
}

function receive(messages: Map<string, Stored>, now: Millis): readonly Received[] {
  const batch: Received[] = [];
  for (const message of messages.values()) {
    if (now >= message.sentAt + retentionMs) messages.delete(message.messageId);
    else if (message.visibleAt <= now && batch.length < batchSize) {
      message.deliveries += 1;
      message.visibleAt = now + visibilityMs;
      const { messageId, body, deliveries } = message;
      batch.push({ messageId, body, deliveries, handle: handleOf(message) });
    }
  }
  return batch;
}

function handleOf({ messageId, deliveries }: Stored): string {
  return `${messageId}-${deliveries}`;
}

function checkDelay(delaySeconds: number): void {
  if (Number.isInteger(delaySeconds) && delaySeconds >= 0 && delaySeconds <= longestDelaySeconds) return;
  throw new Error(`message: a delay of ${delaySeconds} s; expected a whole number up to 43200`);
}

/** Id of the run that a message carries on. */
export function runOf(body: string): string {
  return /"id":"(run-[0-9a-f]+)"/.exec(body)?.[1] ?? '';
}

import { CloudError } from '../../src/engine/ports';
import { refusal, type Origin, type Trouble } from '../../src/cloud/refusal';
import type { Chance } from './chance';
import type { Invocation } from './invocation';
import { callFaults, type CallFault, type Swarm } from './swarm';
import type { Tally } from './tally';
import type { Timeline } from './timeline';

/** The way of every call to the cloud and to the stores, and all that can go wrong on it. */
export interface Wire {
  /**
   * Sends one request. `effect` is what the far side does with it when it arrives; `staleMs` is how old the
   * answer of a read may be.
   */
  readonly send: <T>(
    from: Invocation,
    origin: Origin,
    effect: (staleMs: number) => T | Promise<T>,
  ) => Promise<T>;
}

export interface WireOptions {
  readonly chance: Chance;
  readonly swarm: Swarm;
  readonly timeline: Timeline;
  readonly tally: Tally;
  /** False once the time of faults is over. */
  readonly stormy: () => boolean;
  /** Products that are out of order just now. */
  readonly isDown: (product: string) => boolean;
  readonly trace: (text: () => string) => void;
}

/** As long as the SDKs wait for an answer. */
const clientTimeoutMs = 15_000;
/** A request that nobody waits for any more still takes effect within this; an invocation's lease is longer. */
const latestEffectMs = 25_000;

/** What becomes of one request. */
interface Fate {
  readonly fault?: CallFault | 'outage' | 'token-expired';
  /** When the far side has it; undefined when it never gets there. */
  readonly arrivesAfterMs?: number;
  readonly answerAfterMs: number;
  /** What the sender is told instead of the answer. */
  readonly trouble?: Trouble;
  readonly staleMs: number;
}

export function wireOf(options: WireOptions): Wire {
  const { chance, swarm, timeline, tally, stormy, trace } = options;
  const dies = (when: 'killed-before' | 'killed-after') =>
    stormy() && chance.happens(swarm.others[when] ?? 0);
  return {
    send: (from, origin, effect) =>
      new Promise((resolve, reject) => {
        // A dead invocation waits for ever: nothing of it goes on.
        if (!from.isAlive()) return;
        if (dies('killed-before')) return from.die('killed-before');
        const sentAt = timeline.now();
        const fate = drawFate(options, from, origin);
        const { fault, trouble } = fate;
        if (fault !== undefined) tally.count('fault', fault);
        const say = (what: string) =>
          trace(() => `${from.name}  ${origin.product} ${origin.action}${what}${fault ? ` [${fault}]` : ''}`);
        const answer = (deliver: () => void) =>
          timeline.at(sentAt + fate.answerAfterMs, () => {
            if (!from.isAlive()) return;
            if (dies('killed-after')) return from.die('killed-after');
            deliver();
          });
        const refuse = (why: Trouble) => reject(refusal(why, origin, timeline.now()));
        if (fate.arrivesAfterMs === undefined) {
          say(' does not work');
          return answer(() => refuse(trouble ?? { kind: 'timeout', message: 'no answer in time' }));
        }
        timeline.at(sentAt + fate.arrivesAfterMs, () => {
          Promise.resolve(fate.staleMs)
            .then(effect)
            .then(
              (value) => {
                say('');
                answer(() => (trouble === undefined ? resolve(value) : refuse(trouble)));
              },
              (error: unknown) => {
                say(` refused: ${String(error)}`);
                const isAnswer = error instanceof CloudError && trouble !== undefined;
                answer(() => (isAnswer ? refuse(trouble) : reject(asError(error))));
              },
            );
        });
      }),
  };
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function drawFate(options: WireOptions, from: Invocation, origin: Origin): Fate {
  const { chance, stormy, isDown } = options;
  const quick = chance.between(2, 90);
  const plain: Fate = { arrivesAfterMs: quick >> 1, answerAfterMs: quick, staleMs: 0 };
  if (!stormy()) return plain;
  const broken = { arrivesAfterMs: undefined, answerAfterMs: quick, staleMs: 0 };
  if (from.keysExpired) return { ...broken, fault: 'token-expired', trouble: expired(origin) };
  if (isDown(origin.product)) return { ...broken, fault: 'outage', trouble: serverError };
  const fault = drawFault(options, origin);
  return fault === undefined ? plain : { ...plain, ...fateOf(fault, chance, origin), fault };
}

/** At most one fault a call. Asking in turn gives each of them nearly its own rate. */
function drawFault({ chance, swarm }: WireOptions, origin: Origin): CallFault | undefined {
  return callFaults.find((fault) => {
    if (!isPossible(fault, origin)) return false;
    // Reads are many, and a lost answer to one means little but time.
    const rate = (swarm.calls[fault] ?? 0) * (origin.write || fault === 'slow' ? 1 : 0.25);
    return chance.happens(rate);
  });
}

function isPossible(fault: CallFault, { write, product }: Origin): boolean {
  if (fault === 'stale-read') return !write && ['ecs', 'slb', 'alb', 'nlb'].includes(product);
  if (fault === 'late-effect') return write;
  return true;
}

function fateOf(fault: CallFault, chance: Chance, origin: Origin): Partial<Fate> {
  const never = { arrivesAfterMs: undefined };
  switch (fault) {
    case 'slow': {
      const long = chance.between(200, clientTimeoutMs - 1000);
      return { arrivesAfterMs: chance.between(1, long), answerAfterMs: long };
    }
    case 'throttled':
      return { ...never, trouble: throttled(origin) };
    case 'server-error':
      return { ...never, trouble: serverError };
    case 'server-error-after':
      return { trouble: serverError };
    case 'timeout-before':
      return { ...never, answerAfterMs: clientTimeoutMs, trouble: timeout };
    case 'timeout-after':
      return { answerAfterMs: clientTimeoutMs, trouble: timeout };
    case 'late-effect': {
      const arrivesAfterMs = chance.between(clientTimeoutMs, latestEffectMs);
      return { arrivesAfterMs, answerAfterMs: clientTimeoutMs, trouble: timeout };
    }
    case 'lost-before':
      return { ...never, trouble: { kind: 'lost', reached: false, message: 'ECONNREFUSED' } };
    case 'lost-after':
      return { trouble: { kind: 'lost', reached: true, message: 'ECONNRESET' } };
    case 'garbled':
      return { trouble: { kind: 'unreadable', message: 'Unexpected end of JSON input' } };
    case 'stale-read':
      return { staleMs: chance.between(1, 12) * 1000 };
    default:
      return fault satisfies never;
  }
}

const timeout: Trouble = { kind: 'timeout', message: 'no answer in time' };

/** The cloud repeats what it was sent, keys included, when it finds fault with it. */
const serverError: Trouble = {
  kind: 'refused',
  code: 'InternalError',
  message: 'The request with AccessKeyId=LTAI5tSimulatorKey0001&Signature=c2lnbmVk could not be processed.',
};

/** https://www.alibabacloud.com/help/en/mns/developer-reference/error-codes and its neighbours */
function throttled({ product }: Origin): Trouble {
  const code = { oss: 'DownloadTrafficRateLimitExceeded', mns: 'QpsLimitExceeded' }[product];
  return {
    kind: 'refused',
    code: code ?? 'Throttling.User',
    message: 'Request was denied due to flow control.',
  };
}

function expired({ product }: Origin): Trouble {
  const code = { oss: 'SecurityTokenExpired', mns: 'SecurityTokenExpired' }[product];
  const message = 'The security token STS.NTsimulatorToken0001 has expired.';
  return { kind: 'refused', code: code ?? 'InvalidSecurityToken.Expired', message };
}

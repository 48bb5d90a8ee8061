import type { FaultName } from './faults';
import type { WireAnswer } from './http';
import type { Fault } from './world';

/** What the faults need to know of the call they strike. */
interface Call {
  /** Its signature carries a nonce, so that a copy of the request is refused. */
  readonly signsOnce?: boolean;
  /** It came over a connection that had served another before. */
  readonly reused: boolean;
}

/** The faults that may strike a call before its effect. */
export function faultsBefore({ signsOnce, reused }: Call): readonly FaultName[] {
  return [
    'throttle',
    'refuse',
    'token-expired',
    'html-502',
    'html-503',
    'drop-before',
    'timeout-before',
    'duplicate',
    ...(signsOnce ? (['nonce-reused-before'] as const) : []),
    ...(reused ? (['stale-keep-alive-before'] as const) : []),
  ];
}

/** The faults that may strike its answer. */
export function faultsAfter({ signsOnce, reused }: Call): readonly FaultName[] {
  return [
    'refuse-after',
    'html-504',
    'truncated-json',
    'cut-off',
    'drop-after',
    'timeout-after',
    'delay',
    ...(signsOnce ? (['nonce-reused-after'] as const) : []),
    ...(reused ? (['stale-keep-alive-after'] as const) : []),
  ];
}

/** What the caller gets in place of the call; undefined when the fault lets the call happen. */
export function insteadOfCall(fault: Fault): WireAnswer | undefined {
  switch (fault.name) {
    case 'html-502':
      return page(502, 'Bad Gateway');
    case 'html-503':
      return page(503, 'Service Temporarily Unavailable');
    case 'drop-before':
      return { status: 0, instead: 'hang-up' };
    case 'stale-keep-alive-before':
      return { status: 0, instead: 'reset' };
    case 'timeout-before':
      return { status: 0, instead: 'silence' };
    default:
      return undefined;
  }
}

/** What becomes of a good answer on its way back. */
export function spoil(answer: WireAnswer, { name, options }: Fault): WireAnswer {
  switch (name) {
    // A gateway that gave up waiting: what it waited for went on.
    case 'html-504':
      return page(504, 'Gateway Time-out');
    // Half of the body as if it were the whole, be it JSON, XML or an object.
    case 'truncated-json':
      return { ...answer, body: half(answer.body) };
    // Half of the body, and then no connection any more.
    case 'cut-off':
      return { ...answer, cutOff: true };
    case 'drop-after':
      return { status: 0, instead: 'hang-up' };
    case 'stale-keep-alive-after':
      return { status: 0, instead: 'reset' };
    case 'timeout-after':
      return { status: 0, instead: 'silence' };
    case 'delay':
      return { ...answer, delayMs: Number(options['ms'] ?? 1000) };
    default:
      return answer;
  }
}

function page(status: number, title: string): WireAnswer {
  const body = `<html><head><title>${status}</title></head><body>${title}</body></html>`;
  return { status, headers: { 'content-type': 'text/html' }, body };
}

function half(body: WireAnswer['body']): Buffer {
  const whole = Buffer.from(body ?? '');
  return whole.subarray(0, Math.floor(whole.length / 2));
}

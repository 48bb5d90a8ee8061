import { ApiError } from './call';
import { strike } from './faults';
import type { Struck } from './faults';
import type { WireAnswer } from './http';
import { recordCall, recordWrite } from './record';
import { closeForThisMinute, spend } from './throttle';
import type { Fault, World } from './world';

/** One call of any product whose signature was found good, ready to be carried out. */
export interface Exchange extends Struck {
  readonly mutates: boolean;
  /** What a write acts on, and with which parameters, as the record of writes shows them. */
  readonly target: string;
  readonly params: Record<string, unknown>;
  /** Does the work; throws `ApiError` for a refusal, or answers one itself. */
  readonly answer: () => WireAnswer | Promise<WireAnswer>;
  /** Puts a refusal into the product's own form (JSON, XML). */
  readonly refuse: (error: ApiError) => WireAnswer;
}

/** Carries a call out: counts it, applies its budget and the faults asked for, and records what it changed. */
export async function exchange(world: World, call: Exchange): Promise<WireAnswer> {
  recordCall(world, call.product, call.action);
  const before = strike(world, ['throttle', 'refuse', 'html-503', 'drop-before'], call);
  const answer = shortCut(before) ?? (await perform(world, call, before));
  const after = strike(world, ['truncated-json', 'drop-after'], call);
  if (after?.name === 'drop-after') return { status: 0, dropped: true };
  return after === undefined ? answer : cut(answer);
}

function shortCut(fault: Fault | undefined): WireAnswer | undefined {
  if (fault?.name === 'drop-before') return { status: 0, dropped: true };
  if (fault?.name !== 'html-503') return undefined;
  const body = '<html><head><title>503</title></head><body>Service Temporarily Unavailable</body></html>';
  return { status: 503, headers: { 'content-type': 'text/html' }, body };
}

async function perform(world: World, call: Exchange, fault: Fault | undefined): Promise<WireAnswer> {
  try {
    if (fault?.name === 'throttle') closeForThisMinute(world, call.product, call.action);
    if (fault?.name === 'refuse') throw refusal(fault.options);
    spend(world, call.product, call.action);
    const answer = await call.answer();
    note(world, call, answer.status < 300 ? undefined : `HTTP ${answer.status}`);
    return answer;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    note(world, call, error.code);
    return call.refuse(error);
  }
}

function refusal(options: Record<string, string>): ApiError {
  const { code = 'InternalError', status = '500', message = 'The request was refused on demand.' } = options;
  return new ApiError(Number(status), code, message);
}

function note(world: World, call: Exchange, code: string | undefined): void {
  if (!call.mutates) return;
  const { product, action, target, params } = call;
  const outcome =
    code === undefined ? ({ outcome: 'done' } as const) : ({ outcome: 'refused', code } as const);
  recordWrite(world, { product, action, target, params, ...outcome });
}

function cut(answer: WireAnswer): WireAnswer {
  const body = Buffer.from(answer.body ?? '');
  return { ...answer, body: body.subarray(0, Math.floor(body.length / 2)) };
}

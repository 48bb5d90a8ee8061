import { ApiError } from './call';
import { nonceUsed } from './nonce';
import { strike } from './faults';
import type { Struck } from './faults';
import type { WireAnswer } from './http';
import { recordCall, recordWrite } from './record';
import { closeForThisMinute, spend } from './throttle';
import { faultsAfter, faultsBefore, insteadOfCall, spoil } from './wire-faults';
import type { Fault, World } from './world';

/** One call of any product whose signature was found good, ready to be carried out. */
export interface Exchange extends Struck {
  readonly mutates: boolean;
  /** What a write acts on, and with which parameters, as the record of writes shows them. */
  readonly target: string;
  readonly params: Record<string, unknown>;
  /** Does the work; throws `ApiError` for a refusal, or answers one itself. */
  readonly answer: () => WireAnswer | Promise<WireAnswer>;
  /** Its signature carries a nonce, so that a copy of the request is refused. */
  readonly signsOnce?: boolean;
  /** The connection had served another request before. */
  readonly reused: boolean;
  /** The product's own refusal of a temporary key whose time is over. */
  readonly tokenExpired: () => ApiError;
  /** Puts a refusal into the product's own form (JSON, XML). */
  readonly refuse: (error: ApiError) => WireAnswer;
}

/** Carries a call out: counts it, applies its budget and the faults asked for, and records what it changed. */
export async function exchange(world: World, call: Exchange): Promise<WireAnswer> {
  recordCall(world, call.product, call.action);
  const before = strike(world, faultsBefore(call), call);
  const answer = (before && insteadOfCall(before)) ?? (await perform(world, call, before));
  const after = strike(world, faultsAfter(call), call);
  if (after?.name === 'refuse-after') return call.refuse(refusal(after.options));
  if (after?.name === 'nonce-reused-after') return call.refuse(nonceUsed());
  return after === undefined ? answer : spoil(answer, after);
}

async function perform(world: World, call: Exchange, fault: Fault | undefined): Promise<WireAnswer> {
  try {
    if (fault?.name === 'throttle') closeForThisMinute(world, call.product, call.action);
    if (fault?.name === 'refuse') throw refusal(fault.options);
    if (fault?.name === 'token-expired') throw call.tokenExpired();
    if (fault?.name === 'nonce-reused-before') throw nonceUsed();
    spend(world, call.product, call.action);
    const answer = await call.answer();
    note(world, call, answer.status < 300 ? undefined : `HTTP ${answer.status}`);
    return fault?.name === 'duplicate' ? await repeated(world, call) : answer;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    note(world, call, error.code);
    return call.refuse(error);
  }
}

/** The same request once more, as a proxy sends it that lost the first answer; only this answer is passed on. */
async function repeated(world: World, call: Exchange): Promise<WireAnswer> {
  if (call.signsOnce) throw nonceUsed();
  return perform(world, call, undefined);
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

import { ApiError } from '../../core/call';
import { strike } from '../../core/faults';
import { recordWrite } from '../../core/record';
import type { Stack } from '../../core/stacks';
import type { World } from '../../core/world';
import { resourceTypes } from '../types';
import type { Made, ResourceType } from '../types/type';
import { needLeave } from './leave';

/** One act of ROS on a resource, in the name of the caller. */
export interface Act {
  readonly verb: 'create' | 'update' | 'remove';
  readonly type: string;
  readonly physicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly before?: unknown;
}

/** Done, with what it made; or refused, with the product's code and words. */
export type Outcome =
  | { readonly ok: true; readonly made: Made }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/**
 * Carries one act out as a call of the product would be: it is in the record of writes, and the fault `refuse`
 * that is meant for the call strikes it.
 */
export function act(world: World, stack: Stack, asked: Act): Outcome {
  const type = resourceTypes[asked.type]!;
  const call = { product: type.calls.product, action: type.calls[asked.verb] };
  const params = { by: 'ros', properties: asked.properties };
  try {
    needLeave(world, stack.actsFor, call, asked.properties);
    refuseOnDemand(world, call, JSON.stringify(asked.properties));
    const made = carryOut(world, type, asked);
    recordWrite(world, { ...call, target: made.physicalId, params, outcome: 'done' });
    return { ok: true, made };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { code, message } = error;
    recordWrite(world, { ...call, target: asked.physicalId, params, outcome: 'refused', code });
    return { ok: false, code, reason: `${code}: ${message}` };
  }
}

function carryOut(world: World, type: ResourceType, { verb, physicalId, properties, before }: Act): Made {
  if (verb === 'create') return type.create(world, properties);
  if (verb === 'update') return type.update(world, physicalId, properties, before);
  type.remove(world, physicalId, properties);
  return { physicalId, attributes: {} };
}

function refuseOnDemand(world: World, call: { product: string; action: string }, subject: string): void {
  const fault = strike(world, ['refuse'], { ...call, subject });
  if (fault === undefined) return;
  const {
    code = 'InternalError',
    status = '500',
    message = 'The request was refused on demand.',
  } = fault.options;
  throw new ApiError(Number(status), code, message);
}

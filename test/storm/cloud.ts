import type * as z from 'zod';
import { ApiError } from '../../simulator/core/call';
import type { World as SimulatedCloud } from '../../simulator/core/world';
import { runCommandWith } from '../../simulator/ecs/RunCommand';
import type { Shell } from '../../simulator/ecs/assistant/shell';
import { products } from '../../simulator/products';
import type { Caller } from '../../src/cloud/call';
import { askAgain, refusal } from '../../src/cloud/refusal';
import { flatten } from '../support/flatten';
import type { Invocation } from './invocation';
import type { Wire } from './wire';

export interface CloudOptions {
  readonly cloud: SimulatedCloud;
  readonly wire: Wire;
  /** What carries scripts out inside the instances. */
  readonly shell: Shell;
  /** Just before a write takes effect, and after it was accepted. */
  readonly onWrite: (write: Write) => () => void;
}

export interface Write {
  readonly product: string;
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
  readonly worker: string;
}

/** How long an answer may be shown once more in place of a newer one. */
const staleMs = 12_000;

/** The simulator's operations without the wire between them: the adapters' way to the cloud. */
export function callerFor(options: CloudOptions, invocation: Invocation, recent: Recent): Caller {
  const { wire, cloud } = options;
  const once =
    (write: boolean) =>
    <T>(product: string, action: string, given: Given, schema: z.ZodType<T>) =>
      wire.send(invocation, { product, action, write }, async (age) => {
        const asked = `${product} ${action}`;
        const params = flatten({ RegionId: cloud.region, ...given });
        const known = age > 0 ? recent.get(asked, params, cloud.now) : undefined;
        // Others may read less of the same answer.
        if (known !== undefined) return schema.parse(known);
        const answer = await carryOut(options, invocation, { product, action, params, write, age });
        const whole = { RequestId: 'r', ...answer };
        if (!write) recent.keep(asked, params, cloud.now, structuredClone(whole));
        return schema.parse(whole);
      });
  return {
    read: (product, action, given, schema) => askAgain(() => once(false)(product, action, given, schema)),
    write: once(true),
  };
}

type Given = Readonly<Record<string, unknown>>;

async function carryOut(
  { cloud, shell, onWrite }: CloudOptions,
  invocation: Invocation,
  asked: Omit<Write, 'worker'> & { readonly write: boolean; readonly age: number },
): Promise<object> {
  const { product, action, params, write, age } = asked;
  const operation =
    action === 'RunCommand'
      ? runCommandWith(shell)
      : products.find(({ name }) => name === product)?.operations[action];
  if (operation === undefined) throw new Error(`the simulated cloud has no ${product} ${action}`);
  const call = { product, action, params, region: cloud.region, requestId: 'r', now: cloud.now - age };
  const happened = write ? onWrite({ product, action, params, worker: invocation.name }) : undefined;
  try {
    const answer = await operation(cloud, call);
    happened?.();
    return answer;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { code, message } = error;
    throw refusal({ kind: 'refused', code, message }, { product, action, write }, cloud.now);
  }
}

/** Answers given before, for reads that come back stale. */
export interface Recent {
  readonly get: (asked: string, params: object, now: number) => unknown;
  readonly keep: (asked: string, params: object, now: number, answer: unknown) => void;
}

/** @param on false when the story has no stale reads: then nothing is kept */
export function recentAnswers(on: boolean): Recent {
  const kept = new Map<string, { readonly at: number; readonly answer: unknown }>();
  const keyOf = (asked: string, params: object) => `${asked} ${JSON.stringify(params)}`;
  return {
    get: (asked, params, now) => {
      const known = kept.get(keyOf(asked, params));
      return known !== undefined && now - known.at <= staleMs ? known.answer : undefined;
    },
    keep: (asked, params, now, answer) => {
      if (on) kept.set(keyOf(asked, params), { at: now, answer });
    },
  };
}

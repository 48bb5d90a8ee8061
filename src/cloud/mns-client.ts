import MNS from '@alicloud/mns/lib/client.js';
import type * as z from 'zod';
import { CloudError } from '../engine/ports';
import type { Millis } from '../event/system-event';
import { mnsEndpoint } from './endpoints';
import type { Keys } from './keys';
import { clientFor } from './keys';
import type { Origin, Trouble } from './refusal';
import { refusal } from './refusal';
import { readThrown, transportTrouble } from './trouble';

export interface MnsOptions {
  readonly account: string;
  readonly region: string;
  readonly keys: () => Promise<Keys>;
  readonly now: () => Millis;
  /** How long an answer is waited for. */
  readonly timeoutMs: number;
  readonly endpoint?: string;
}

/** One operation and what a good answer to it looks like. */
interface Operation<T> {
  readonly origin: Origin;
  readonly codes: readonly number[];
  readonly schema: z.ZodType<T>;
  readonly run: (client: MNS) => Promise<{ readonly code: number; readonly body: unknown }>;
}

export type Mns = <T>(operation: Operation<T>) => Promise<T>;

/** Runs operations and turns every failure into a `CloudError`: the SDK does not look at the status it got. */
export function openMns({ account, region, keys, now, timeoutMs, endpoint }: MnsOptions): Mns {
  const address = (endpoint ?? mnsEndpoint(account, region)).replace(/\/$/, '');
  const client = clientFor(
    keys,
    (current) =>
      new MNS(account, { endpoint: address, ...current, readTimeout: timeoutMs, connectTimeout: timeoutMs }),
  );
  return async ({ origin, codes, schema, run }) => {
    try {
      const { code, body } = await run(await client());
      const parsed = schema.safeParse(body);
      if (codes.includes(code) && parsed.success) return parsed.data;
      throw refusal({ kind: 'unreadable', message: `status ${code} without a usable body` }, origin, now());
    } catch (thrown) {
      throw thrown instanceof CloudError ? thrown : refusal(mnsTrouble(thrown), origin, now());
    }
  };
}

/** The SDK puts the code into the error's name, `MNS<Code>Error`, and the request id into its message. */
function mnsTrouble(thrown: unknown): Trouble {
  const read = readThrown(thrown);
  const [, code] = /^MNS(\w+?)(?:Error)?$/.exec(read.name ?? '') ?? [];
  if (code === undefined) return transportTrouble(read);
  const [, requestId, message] =
    /requestid: (\S+), hostid: \S+, message: (.*)$/s.exec(read.message ?? '') ?? [];
  return {
    kind: 'refused',
    code,
    message: message ?? 'no reason given',
    ...(requestId !== undefined && { requestId }),
  };
}

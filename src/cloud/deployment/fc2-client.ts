import type FC from '@alicloud/fc2';
import type { Millis } from '../../event/system-event';
import { functionsEndpoint } from '../endpoints';
import type { Keys } from '../keys';
import { refusal, type Trouble } from '../refusal';
import { readThrown, transportTrouble } from '../trouble';

export interface FunctionsOptions {
  readonly account: string;
  readonly region: string;
  readonly keys: () => Promise<Keys>;
  readonly now: () => Millis;
  /** How long an answer is waited for. */
  readonly timeoutMs: number;
  readonly endpoint?: string | undefined;
}

/** Function Compute 2.0: `use` runs one operation and turns its failure into a `CloudError`. */
export interface Fc2 {
  use<T>(action: string, kind: 'read' | 'write', operation: (client: FC) => Promise<T>): Promise<T>;
}

/**
 * The SDK is loaded when it is first used: it is large, and only few invocations of a function need it. A client
 * is made for every use, because it keeps the keys that it was made with.
 */
export function openFc2(options: FunctionsOptions): Fc2 {
  return {
    async use(action, kind, operation) {
      try {
        return await operation(await makeClient(options));
      } catch (thrown) {
        throw refusal(fc2Trouble(thrown), { product: 'fc', action, write: kind === 'write' }, options.now());
      }
    },
  };
}

async function makeClient({ account, region, keys, timeoutMs, endpoint }: FunctionsOptions): Promise<FC> {
  const loaded = await import('@alicloud/fc2');
  const { accessKeyId, accessKeySecret, securityToken } = await keys();
  return new loaded.default(account, {
    accessKeyID: accessKeyId,
    accessKeySecret,
    ...(securityToken !== undefined && { securityToken }),
    region,
    endpoint: endpoint ?? functionsEndpoint(account, region),
    secure: true,
    timeout: timeoutMs,
  });
}

/** The SDK names an error `FC<code>Error`; the request id stands in its message. */
function fc2Trouble(thrown: unknown): Trouble {
  const read = readThrown(thrown);
  const [, code] = /^FC(\w+)Error$/.exec(read.name ?? '') ?? [];
  if (code === undefined) return transportTrouble(read);
  const [, requestId, message] = /requestid: (\S+), message: (.*)\.$/s.exec(read.message ?? '') ?? [];
  return {
    kind: 'refused',
    // An answer without a code, such as a page of HTML on the way.
    code: code === 'undefined' ? 'UnknownError' : code,
    message: message ?? 'no reason given',
    ...(requestId !== undefined && { requestId }),
  };
}

import OSS from 'ali-oss';
import { CloudError } from '../engine/ports';
import type { Millis } from '../event/system-event';
import { ossEndpoint } from './endpoints';
import type { Keys } from './keys';
import { clientFor } from './keys';
import type { Origin, Trouble } from './refusal';
import { refusal } from './refusal';
import { readThrown, transportTrouble } from './trouble';

export interface OssOptions {
  readonly region: string;
  readonly bucket: string;
  readonly keys: () => Promise<Keys>;
  readonly now: () => Millis;
  /** How long an answer is waited for. */
  readonly timeoutMs: number;
  /** In place of the region's own; then the bucket stands in the path instead of the host name. */
  readonly endpoint?: string;
}

/** One bucket: `use` runs one operation and turns its failure into a `CloudError`. */
export interface Bucket {
  use<T>(action: string, kind: 'read' | 'write', operation: (client: OSS) => Promise<T>): Promise<T>;
}

/** `sldEnable` is an option of the SDK that its types do not know. */
type Options = OSS.Options & { readonly sldEnable?: boolean };

export function openBucket({ region, bucket, keys, now, timeoutMs, endpoint }: OssOptions): Bucket {
  const client = clientFor(keys, ({ accessKeyId, accessKeySecret, securityToken }) => {
    const options: Options = {
      endpoint: endpoint ?? ossEndpoint(region),
      region: `oss-${region}`,
      bucket,
      accessKeyId,
      accessKeySecret,
      ...(securityToken !== undefined && { stsToken: securityToken }),
      // Keys are asked for at every call; without an interval the SDK warns that nobody refreshes them.
      refreshSTSTokenInterval: 300_000,
      timeout: timeoutMs,
      sldEnable: endpoint !== undefined,
    };
    return new OSS(options);
  });
  return {
    async use(action, kind, operation) {
      const origin: Origin = { product: 'oss', action, write: kind === 'write' };
      try {
        return await operation(await client());
      } catch (thrown) {
        if (thrown instanceof CloudError) throw thrown;
        throw refusal(ossTrouble(thrown), origin, now());
      }
    },
  };
}

/** `code` holds OSS's own code, except for answers without a body and for connections that failed. */
function ossTrouble(thrown: unknown): Trouble {
  const read = readThrown(thrown);
  const { code, status, message = '' } = read;
  if (code === undefined || status === undefined || status < 0) return transportTrouble(read);
  const requestId = requestIdOf(thrown);
  return { kind: 'refused', code, message, ...(requestId !== undefined && { requestId }) };
}

function requestIdOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('requestId' in thrown)) return undefined;
  return typeof thrown.requestId === 'string' ? thrown.requestId : undefined;
}

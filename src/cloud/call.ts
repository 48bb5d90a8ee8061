import http from 'node:http';
import https from 'node:https';
import RPC from '@alicloud/pop-core/lib/rpc.js';
import * as z from 'zod';
import { CloudError } from '../engine/ports';
import type { Millis } from '../event/system-event';
import type { Product } from './endpoints';
import { versions } from './endpoints';
import type { Keys } from './keys';
import { freshBudget, nextMinute, spend } from './pace';
import type { Origin, Trouble } from './refusal';
import { askAgain, refusal } from './refusal';
import { readThrown, transportTrouble } from './trouble';

/** `undefined` and `null` are left out; an array becomes `Name.1`, `Name.2`, … */
type Params = Readonly<Record<string, unknown>>;

/** The one way to the OpenAPI: signed, checked, and every failure a `CloudError`. */
export interface Caller {
  /** Asked again at once, at most twice, when the answer was lost or broken. */
  read<T>(product: Product, action: string, params: Params, schema: z.ZodType<T>): Promise<T>;
  /** Sent once. After an unclear answer `mayHaveWorked` is set and the caller has to look. */
  write<T>(product: Product, action: string, params: Params, schema: z.ZodType<T>): Promise<T>;
}

export interface CallerOptions {
  readonly endpointOf: (product: Product) => string;
  readonly credentials: () => Promise<Keys>;
  readonly now: () => Millis;
  /** How long an answer is waited for. */
  readonly timeoutMs: number;
  /** Called when the cloud says that the keys are no good any more, whatever their time. */
  readonly forgetKeys?: () => void;
}

const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };

/** Makes the caller of one account and region. It keeps the minute's budget of calls in memory. */
export function createCaller(options: CallerOptions): Caller {
  const { now, timeoutMs } = options;
  const clients = new Map<Product, RPC>();
  const clientOf = (product: Product): RPC => {
    const known = clients.get(product) ?? createClient(product, options);
    clients.set(product, known);
    return known;
  };
  let budget = freshBudget;

  const once = async <T>(origin: Origin & { product: Product }, params: Params, schema: z.ZodType<T>) => {
    const { product, action } = origin;
    const left = spend(budget, product, action, now());
    if (left === undefined) throw paced(origin, now());
    budget = left;
    let answer: unknown;
    try {
      answer = await clientOf(product).request<unknown>(action, given(params), {
        method: 'POST',
        timeout: timeoutMs,
      });
    } catch (thrown) {
      // The keys could not be come by: that has been said already.
      if (thrown instanceof CloudError) throw thrown;
      const refused = refusal(openApiTrouble(thrown, now()), origin, now());
      if (/^(InvalidSecurityToken|InvalidAccessKeyId)\b/i.test(refused.code)) options.forgetKeys?.();
      throw refused;
    }
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    const message = `the answer has another shape: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`;
    throw refusal({ kind: 'unreadable', message }, origin, now());
  };

  return {
    read: (product, action, params, schema) =>
      askAgain(() => once({ product, action, write: false }, params, schema)),
    write: (product, action, params, schema) => once({ product, action, write: true }, params, schema),
  };
}

/** The SDK asks a provider for keys at every request; its types do not know that and want keys beforehand. */
type ClientConfig = RPC.Config & { readonly credentialsProvider: { getCredentials(): Promise<Keys> } };

function createClient(product: Product, { endpointOf, credentials }: CallerOptions): RPC {
  const endpoint = endpointOf(product);
  const config: ClientConfig = {
    endpoint,
    apiVersion: versions[product],
    accessKeyId: '',
    accessKeySecret: '',
    credentialsProvider: { getCredentials: credentials },
    opts: { agent: endpoint.startsWith('https:') ? agents.https : agents.http },
  };
  return new RPC(config);
}

/** The SDK would send the words `undefined` and `null`. */
function given(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).filter(([, value]) => value !== undefined && value !== null),
  );
}

function paced({ product, action }: Origin, now: Millis): CloudError {
  const message = `${product} ${action}: our own limit of calls for this minute is reached`;
  return new CloudError('Paced', message, {
    worthRepeating: true,
    mayHaveWorked: false,
    product,
    action,
    retryAt: nextMinute(now),
  });
}

/** The part of an error of pop-core that carries the cloud's own words. */
const Refused = z.object({
  code: z.union([z.string(), z.number()]).transform(String),
  data: z.object({
    Message: z.string().optional(),
    RequestId: z.string().optional(),
    // https://www.alibabacloud.com/help/en/ram/user-guide/how-do-i-resolve-a-no-permission-error
    AccessDeniedDetail: z.object({ AuthAction: z.string().optional() }).optional().catch(undefined),
  }),
  entry: z
    .object({ response: z.object({ headers: z.record(z.string(), z.unknown()) }).optional() })
    .optional()
    .catch(undefined),
});

function openApiTrouble(thrown: unknown, now: Millis): Trouble {
  const refused = Refused.safeParse(thrown);
  if (!refused.success) return transportTrouble(readThrown(thrown));
  const { code, data, entry } = refused.data;
  const missing = data.AccessDeniedDetail?.AuthAction;
  const afterMs = Number(entry?.response?.headers['x-acs-retry-after'] ?? NaN);
  return {
    kind: 'refused',
    code,
    message: data.Message ?? 'no reason given',
    ...(data.RequestId !== undefined && { requestId: data.RequestId }),
    ...(Number.isFinite(afterMs) && { retryAt: now + afterMs }),
    ...(missing !== undefined && { missing }),
  };
}

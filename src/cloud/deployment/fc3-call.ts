import { readJson } from '../../event/loose';
import { createHash, randomUUID } from 'node:crypto';
import type OpenApi from '@alicloud/openapi-util';
import * as z from 'zod';
import { functionsEndpoint } from '../endpoints';
import { refusal, type Origin, type Trouble } from '../refusal';
import { readThrown, transportTrouble } from '../trouble';
import type { FunctionsOptions } from './fc2-client';

const version = '2023-03-30';

interface Fc3Request {
  readonly action: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Behind the version: `/functions/failover-poll`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Fc3Answer {
  readonly headers: Headers;
  readonly text: string;
}

export type Fc3 = (request: Fc3Request) => Promise<Fc3Answer>;

/**
 * Calls of Function Compute 3.0, signed with ACS3-HMAC-SHA256. pop-core signs paths in the old way only.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 *
 * @throws CloudError for every failure, by the function itself excepted: that is an answer
 */
export function openFc3(options: FunctionsOptions): Fc3 {
  return async (request) => {
    const origin: Origin = { product: 'fc', action: request.action, write: request.method !== 'GET' };
    const fail = (trouble: Trouble) => refusal(trouble, origin, options.now());
    let answer: Fc3Answer & { readonly ok: boolean };
    try {
      answer = await send(options, request);
    } catch (thrown) {
      throw fail(fetchTrouble(thrown));
    }
    if (!answer.ok) throw fail(refused(answer.text));
    return answer;
  };
}

/** Loaded by Node itself, a module that was compiled from ES syntax has its default inside the default. */
function unwrap<T extends object>(loaded: T | { readonly default: T }): T {
  return 'default' in loaded ? loaded.default : loaded;
}

async function send(options: FunctionsOptions, request: Fc3Request) {
  const { method, body = '', query = {} } = request;
  const url = new URL(options.endpoint ?? functionsEndpoint(options.account, options.region));
  url.pathname = `/${version}${request.path}`;
  url.search = new URLSearchParams(query).toString();
  const headers = await sign(options, request, { url, body, query });
  const response = await fetch(url, {
    method,
    headers,
    ...(method !== 'GET' && { body }),
    signal: AbortSignal.timeout(options.timeoutMs),
  });
  return { ok: response.ok, headers: response.headers, text: await response.text() };
}

async function sign(
  { keys }: FunctionsOptions,
  { action, method, headers: more = {} }: Fc3Request,
  { url, body, query }: { readonly url: URL; readonly body: string; readonly query: object },
): Promise<Record<string, string>> {
  const openApi = unwrap((await import('@alicloud/openapi-util')).default);
  const { accessKeyId, accessKeySecret, securityToken } = await keys();
  const payload = createHash('sha256').update(body).digest('hex');
  const headers: Record<string, string> = {
    ...more,
    host: url.host,
    'x-acs-action': action,
    'x-acs-version': version,
    'x-acs-date': openApi.getTimestamp(),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': payload,
    ...(securityToken !== undefined && { 'x-acs-security-token': securityToken }),
  };
  const signed = { method, pathname: url.pathname, query, headers } as Parameters<
    typeof OpenApi.getAuthorization
  >[0];
  const authorization = openApi.getAuthorization(
    signed,
    'ACS3-HMAC-SHA256',
    payload,
    accessKeyId,
    accessKeySecret,
  );
  return { ...headers, authorization };
}

const Refused = z.object({
  Code: z.string(),
  Message: z.string().default('no reason given'),
  RequestId: z.string().optional(),
  AccessDeniedDetail: z.object({ AuthAction: z.string().optional() }).optional().catch(undefined),
});

function refused(text: string): Trouble {
  const parsed = Refused.safeParse(readJson(text));
  if (!parsed.success) return { kind: 'unreadable', message: 'an error without a code' };
  const { Code, Message, RequestId, AccessDeniedDetail } = parsed.data;
  const missing = AccessDeniedDetail?.AuthAction;
  return {
    kind: 'refused',
    code: Code,
    message: Message,
    ...(RequestId !== undefined && { requestId: RequestId }),
    ...(missing !== undefined && { missing }),
  };
}

/** `fetch` puts what happened into the cause. */
function fetchTrouble(thrown: unknown): Trouble {
  const cause = thrown instanceof TypeError && thrown.cause !== undefined ? thrown.cause : thrown;
  return transportTrouble(readThrown(cause));
}

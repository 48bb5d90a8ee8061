import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { strToU8, zipSync } from 'fflate';
import type { Simulator } from './simulator';

type Body = Record<string, unknown>;
interface Fc2Answer {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly data: unknown;
}
type Fc2Call = (...given: readonly unknown[]) => Promise<Fc2Answer>;
type Fc2Name =
  | `${'create' | 'get' | 'update' | 'delete'}${'Service' | 'Function' | 'Trigger'}`
  | `list${'Services' | 'Functions' | 'Triggers'}`
  | `${'put' | 'get' | 'delete'}FunctionAsyncConfig`
  | 'getAccountSettings'
  | 'getFunctionCode'
  | 'invokeFunction';
/** The part of the official client, which comes without types, that these suites use. */
export type Fc2Client = Readonly<Record<Fc2Name, Fc2Call>>;

/** The official client of FC 2.0, pointed at the simulator; `keys` replace the right ones. */
export function fc2Client(sim: Simulator, keys: object = {}): Fc2Client {
  const Client = createRequire(__filename)('@alicloud/fc2') as new (
    account: string,
    config: object,
  ) => Fc2Client;
  const { endpoint, region, accessKeyId: accessKeyID, accessKeySecret } = sim;
  return new Client(sim.account, { endpoint, region, accessKeyID, accessKeySecret, ...keys });
}

export interface Fc3Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
}

/** Calls FC 3.0 with a signer of our own (ACS3, the path is signed): another reading than the simulator's. */
export async function fc3(
  sim: Simulator,
  method: string,
  path: string,
  body?: Body | string,
  changes: Readonly<Record<string, string>> = {},
): Promise<Fc3Answer> {
  const content = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  const { accessKeyId, accessKeySecret, ...more } = {
    accessKeyId: sim.accessKeyId,
    accessKeySecret: sim.accessKeySecret,
    ...changes,
  };
  const headers: Record<string, string> = {
    host: new URL(sim.endpoint).host,
    'x-acs-action': 'Whatever',
    'x-acs-version': '2023-03-30',
    'x-acs-date': new Date().toISOString().slice(0, 19) + 'Z',
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': createHash('sha256').update(content).digest('hex'),
    ...(content !== '' && { 'content-type': 'application/json' }),
    ...more,
  };
  const [route = '', query = ''] = path.split('?');
  const names = Object.keys(headers).sort();
  const signed = names.map((name) => `${name}:${headers[name]}`);
  const parts = [method, `/2023-03-30${route}`, query, ...signed, '', names.join(';')];
  const canonical = [...parts, headers['x-acs-content-sha256']].join('\n');
  const toSign = `ACS3-HMAC-SHA256\n${createHash('sha256').update(canonical).digest('hex')}`;
  const signature = createHmac('sha256', accessKeySecret).update(toSign).digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  const { host: _, ...rest } = headers;
  const answer = await fetch(`${sim.endpoint}/2023-03-30${path}`, {
    method,
    headers: { ...rest, authorization },
    ...(content !== '' && { body: content }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type') === 'application/json';
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: isJson ? (JSON.parse(text) as Body) : {},
  };
}

/** Lets Function Compute assume a role. */
export const fcTrust = {
  Version: '1' as const,
  Statement: [
    { Action: 'sts:AssumeRole', Effect: 'Allow' as const, Principal: { Service: ['fc.aliyuncs.com'] } },
  ],
};

/** A package of code in base64: `index.js` is what is given. */
export function zipOf(code: string, more: Readonly<Record<string, string>> = {}): string {
  const files = Object.entries({ 'index.js': code, ...more }).map(([name, text]) => [name, strToU8(text)]);
  return Buffer.from(zipSync(Object.fromEntries(files) as Record<string, Uint8Array>)).toString('base64');
}

/** A function of FC 3.0 as the API takes it, with this code in `index.js`. */
export function functionOfThree(functionName: string, code: string, more: object = {}): Body {
  return {
    functionName,
    handler: 'index.handler',
    runtime: 'nodejs20',
    code: { zipFile: zipOf(code) },
    ...more,
  };
}

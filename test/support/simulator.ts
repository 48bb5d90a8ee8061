import RPC from '@alicloud/pop-core/lib/rpc.js';
import { answerControl } from '../../simulator/control';
import type { WireRequest } from '../../simulator/core/http';
import { buildWorld } from '../../simulator/fleet/build';
import type { FleetInput } from '../../simulator/fleet/schema';
import { serve } from '../../simulator/server';

type Answer = Record<string, unknown>;
const versions = {
  ecs: '2014-05-26',
  slb: '2014-05-15',
  alb: '2020-06-16',
  nlb: '2022-04-30',
  cms: '2019-01-01',
  ess: '2022-02-22',
  'ess-2014': '2014-08-28',
  alidns: '2015-01-09',
  pvtz: '2018-01-01',
  ram: '2015-05-01',
  resourcemanager: '2020-03-31',
  sts: '2015-04-01',
  ros: '2019-09-10',
  kms: '2016-01-20',
  eventbridge: '2020-04-01',
};
type ProductName = keyof typeof versions;

type Ask = (product: ProductName, action: string, params?: Answer) => Promise<Answer>;

/** A key pair, with its token when it is temporary. */
export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

export interface Simulator {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** A signed OpenAPI call through pop-core; rejects with the SDK's error, whose `code` is the cloud's. */
  readonly call: Ask;
  /** Calls as `call` does, signed with other keys: those of a role's session, or of another account. */
  readonly as: (keys: Keys) => Ask;
  /** A call of the front door, past the wire: `knock('PUT', '/clock', { advanceMs: 1000 })`; throws what it refuses. */
  readonly knock: (method: string, path: string, body?: object) => Promise<Answer>;
  /** Moves the clock and answers where it stands, in milliseconds. */
  readonly advance: (milliseconds: number) => Promise<number>;
  /** The cloud's refusal code of a call that must fail; undefined if it does not. */
  readonly codeOf: (promise: Promise<unknown>) => Promise<string | undefined>;
  readonly close: () => Promise<void>;
}

/** Starts a simulated cloud inside the test's process, on a free loopback port. */
export async function startSimulator(fleet: FleetInput = {}): Promise<Simulator> {
  const world = buildWorld(fleet);
  const { endpoint, close } = await serve(world);
  const { account, region, bucket, accessKeyId, accessKeySecret } = world;
  const knock: Simulator['knock'] = async (method, path, body) => {
    const { status, body: text = '' } = await answerControl(world, requestFor(method, path, body), endpoint);
    const answer = JSON.parse(text.toString()) as Answer;
    if (status !== 200) throw new Error(String(answer.error));
    return answer;
  };
  const as: Simulator['as'] =
    (keys) =>
    (product, action, params = {}) => {
      const client = new RPC({ endpoint, apiVersion: versions[product], ...keys });
      return client.request<Answer>(
        action,
        { RegionId: region, ...params },
        { method: 'POST', timeout: 10_000 },
      );
    };
  const call = as({ accessKeyId, accessKeySecret });
  const advance = async (advanceMs: number) => Number((await knock('PUT', '/clock', { advanceMs })).now);
  return {
    endpoint,
    account,
    region,
    bucket,
    accessKeyId,
    accessKeySecret,
    call,
    as,
    knock,
    advance,
    codeOf,
    close,
  };
}

/** What the front door is handed; without the wire, which a story's own knocks would keep busiest of all. */
function requestFor(method: string, path: string, body?: object): WireRequest {
  const rawUrl = `/_sim${path}`;
  const { pathname, searchParams } = new URL(rawUrl, 'http://127.0.0.1');
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const known = { headers: {}, receivedAt: Date.now(), reused: false };
  return { method, rawUrl, path: pathname, query: searchParams, body: bytes, ...known };
}

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => undefined,
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );
}

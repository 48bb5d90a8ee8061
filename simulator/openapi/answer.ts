import { authorize, NotGranted } from '../access/authorize';
import { ApiError } from '../core/call';
import type { Call, Product } from '../core/call';
import { exchange } from '../core/exchange';
import { strike } from '../core/faults';
import type { WireAnswer, WireRequest } from '../core/http';
import { uuid } from '../core/ids';
import { callerOf, type KnownKey } from '../core/keys';
import type { World } from '../core/world';
import { products } from '../products';
import { tokenExpired } from './access-key';
import { verifyAcs3 } from './acs3';
import { verifyClassic } from './classic';
import { targetOf, withoutSignature } from './params';

/** Answers one OpenAPI request: signature, product, operation, envelope. */
export async function answerOpenApi(world: World, request: WireRequest): Promise<WireAnswer> {
  world.requests += 1;
  const requestId = uuid(`${world.account}/request/${world.requests}`);
  const refuse = (error: ApiError) => envelope(request, requestId, error);
  try {
    const params = allParams(request);
    const caller = callerOf(verify(world, request, params));
    const action = request.headers['x-acs-action'] ?? params.Action ?? '';
    const product = findProduct(request.headers['x-acs-version'] ?? params.Version ?? '', action);
    const asked = { action, params: withoutSignature(params), requestId, caller, reused: request.reused };
    return await carryOut(world, product, asked, refuse);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return refuse(error);
  }
}

type Asked = Pick<Call, 'action' | 'params' | 'requestId' | 'caller'> & { readonly reused: boolean };

async function carryOut(
  world: World,
  product: Product,
  { action, params, requestId, caller, reused }: Asked,
  refuse: (error: ApiError) => WireAnswer,
): Promise<WireAnswer> {
  const struck = { product: product.name, action, subject: Object.values(params).join(' ') };
  const answer = async (): Promise<WireAnswer> => {
    const stale = strike(world, ['stale-read'], struck);
    const now = world.now - Number(stale?.options.seconds ?? 0) * 1000;
    authorize(world, caller, { product: product.name, action, params });
    const region = params.RegionId ?? world.region;
    const call = { ...struck, params, region, requestId, caller, now };
    const fields = await product.operations[action]!(world, call);
    return json(200, { RequestId: requestId, ...fields });
  };
  const mutates = product.writes.has(action);
  return exchange(world, {
    ...struck,
    mutates,
    target: targetOf(params),
    params: { ...params },
    reused,
    signsOnce: true,
    tokenExpired,
    answer,
    refuse,
  });
}

function allParams(request: WireRequest): Record<string, string> {
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const form = isForm ? new URLSearchParams(request.body.toString('utf8')) : [];
  return Object.fromEntries([...request.query, ...form]);
}

function verify(world: World, request: WireRequest, params: Record<string, string>): KnownKey {
  const isAcs3 = request.headers.authorization?.startsWith('ACS3-') ?? false;
  return isAcs3 ? verifyAcs3(world, request) : verifyClassic(world, request, params);
}

function findProduct(version: string, action: string): Product {
  const product = products.find((candidate) => candidate.version === version);
  if (product === undefined) {
    throw new ApiError(400, 'InvalidVersion', 'Specified parameter Version is not valid.');
  }
  if (!Object.hasOwn(product.operations, action)) {
    throw new ApiError(
      404,
      'InvalidAction.NotFound',
      'Specified api is not found, please check your url and method.',
    );
  }
  return product;
}

function envelope(request: WireRequest, requestId: string, error: ApiError): WireAnswer {
  return json(error.status, {
    RequestId: requestId,
    HostId: request.headers.host ?? '',
    Code: error.code,
    Message: error.message,
    ...(error instanceof NotGranted && { AccessDeniedDetail: error.detail }),
    Recommend: `https://api.aliyun.com/troubleshoot?q=${error.code}&requestId=${requestId}`,
  });
}

function json(status: number, body: object): WireAnswer {
  const headers = { 'content-type': 'application/json;charset=utf-8' };
  return { status, headers, body: JSON.stringify(body) };
}

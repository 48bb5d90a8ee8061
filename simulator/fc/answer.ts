import { authorizeOn } from '../access/authorize';
import { named as arnOf } from '../access/resources';
import { ApiError } from '../core/call';
import { functionKey } from '../core/compute';
import { exchange } from '../core/exchange';
import type { WireAnswer, WireRequest } from '../core/http';
import { uuid } from '../core/ids';
import { callerOf, type KnownKey } from '../core/keys';
import type { Resource } from '../core/policy';
import type { Caller } from '../core/ram';
import type { World } from '../core/world';
import { tokenExpired as openApiTokenExpired } from '../openapi/access-key';
import { verifyAcs3 } from '../openapi/acs3';
import { generation2 } from './generation-2';
import { generation3 } from './generation-3';
import { json, type Asked, type FcRoute } from './operation';
import { tokenExpired, verifyGeneration2 } from './signature';

/** What tells the two generations apart beside their operations. */
interface Generation {
  readonly routes: readonly FcRoute[];
  readonly verify: (world: World, request: WireRequest) => KnownKey;
  readonly tokenExpired: () => ApiError;
  readonly refuse: (error: ApiError, requestId: string) => WireAnswer;
}

const generations: Readonly<Record<string, Generation>> = {
  '2016-08-15': {
    routes: generation2,
    verify: verifyGeneration2,
    tokenExpired,
    refuse: ({ code, message, status }) => json({ ErrorCode: inFc(code), ErrorMessage: message }, status),
  },
  '2023-03-30': {
    routes: generation3,
    verify: verifyAcs3,
    tokenExpired: openApiTokenExpired,
    refuse: ({ code, message, status }, requestId) =>
      json({ RequestId: requestId, Code: inFc(code), Message: message }, status),
  },
};

/** Answers one request below `/2016-08-15` (FC 2.0) or `/2023-03-30` (FC 3.0). */
export async function answerFc(world: World, request: WireRequest): Promise<WireAnswer> {
  world.requests += 1;
  const requestId = uuid(`${world.account}/request/${world.requests}`).toLowerCase();
  const [, version = '', path = ''] = /^\/([\d-]+)(\/.*)?$/.exec(request.path) ?? [];
  const generation = generations[version]!;
  const refuse = (error: ApiError) => generation.refuse(error, requestId);
  const named = (answer: WireAnswer) => ({
    ...answer,
    headers: { ...answer.headers, 'x-fc-request-id': requestId, 'x-acs-request-id': requestId },
  });
  try {
    const caller = callerOf(generation.verify(world, request));
    const { route, parts } = findRoute(generation.routes, request.method, path);
    const asked = { action: route.action, ...parts, body: bodyOf(request), request, requestId };
    return named(
      await carryOut(world, route, asked, { caller, tokenExpired: generation.tokenExpired, refuse }),
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return named(refuse(error));
  }
}

interface Refusals {
  readonly caller: Caller;
  readonly tokenExpired: () => ApiError;
  readonly refuse: (error: ApiError) => WireAnswer;
}

async function carryOut(
  world: World,
  route: FcRoute,
  asked: Asked,
  { caller, ...refusals }: Refusals,
): Promise<WireAnswer> {
  const { key, named, request } = asked;
  return exchange(world, {
    product: 'fc',
    action: route.action,
    subject: `${request.path} ${request.body.length < 4096 ? request.body.toString('utf8') : ''}`,
    target: key || named['service'] || '',
    params: paramsOf(asked),
    mutates: route.method !== 'GET',
    answer: () => {
      authorizeOn(world, caller, { product: 'fc', action: route.action }, resourceOf(world, asked));
      return route.run(world, asked);
    },
    reused: request.reused,
    ...refusals,
  });
}

/** Functions of 3.0 stand alone, those of 2.0 below their service. https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/developer-reference/ram-authorization */
function resourceOf(world: World, { key, named: { service } }: Asked): readonly Resource[] {
  if (key === '') return arnOf(world, 'fc', service === undefined ? 'functions/*' : `services/${service}`);
  const [name, within] = key.split('/').reverse();
  return arnOf(
    world,
    'fc',
    within === undefined ? `functions/${name}` : `services/${within}/functions/${name}`,
  );
}

/** Flow control has a code of its own here. */
function inFc(code: string): string {
  return code.startsWith('Throttling') ? 'ResourceThrottled' : code;
}

function findRoute(routes: readonly FcRoute[], method: string, path: string) {
  for (const route of routes) {
    const parts = route.method === method ? match(route.path, path) : undefined;
    if (parts !== undefined) return { route, parts };
  }
  throw new ApiError(400, 'PathNotSupported', `'${path}' against '${method}' is not supported`);
}

/** The named parts of a path, and the key of its function; undefined for another path. */
function match(template: string, path: string): Pick<Asked, 'named' | 'key'> | undefined {
  const [wanted, given] = [template.split('/'), path.replace(/\/$/, '').split('/')];
  if (wanted.length !== given.length) return undefined;
  if (!wanted.every((part, i) => part.startsWith(':') || part === given[i])) return undefined;
  const pairs = wanted.flatMap((part, i) =>
    part.startsWith(':') ? [[part.slice(1), decodeURIComponent(given[i]!)]] : [],
  );
  const named = Object.fromEntries(pairs) as Record<string, string>;
  if (named['service'] !== undefined) named['service'] = withoutQualifier(named['service']);
  const { service, function: name } = named;
  return { named, key: name === undefined ? '' : functionKey(service, name) };
}

/** `service.LATEST`; versions and aliases are not imitated. */
function withoutQualifier(service: string): string {
  const [name = '', qualifier] = service.split('.');
  if (qualifier === undefined || qualifier === 'LATEST') return name;
  throw new ApiError(404, 'AliasNotFound', `alias '${qualifier}' of service '${name}' does not exist`);
}

function bodyOf({ body, headers }: WireRequest): Record<string, unknown> {
  if (body.length === 0 || !(headers['content-type'] ?? '').startsWith('application/json')) return {};
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** What was asked for, without the package of code. */
function paramsOf({ named, body, request }: Asked): Record<string, unknown> {
  const { code, ...rest } = body;
  const { zipFile, ...where } = (code ?? {}) as Record<string, unknown>;
  return {
    ...Object.fromEntries(request.query),
    ...named,
    ...rest,
    ...(code !== undefined && { code: { ...where, ...(zipFile !== undefined && { zipFile: '…' }) } }),
  };
}

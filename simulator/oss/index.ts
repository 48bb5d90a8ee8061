import { authorizeOn } from '../access/authorize';
import { ApiError } from '../core/call';
import { exchange } from '../core/exchange';
import type { WireAnswer, WireRequest } from '../core/http';
import { callerOf } from '../core/keys';
import type { Resource } from '../core/policy';
import type { World } from '../core/world';
import { addressOf, type OssAddress } from './address';
import { AppendObject } from './AppendObject';
import {
  DeleteBucket,
  DeleteBucketLifecycle,
  DeleteMultipleObjects,
  PutBucket,
  PutBucketAcl,
  PutBucketLifecycle,
  PutBucketVersioning,
} from './bucket-writes';
import {
  GetBucketAcl,
  GetBucketInfo,
  GetBucketLifecycle,
  GetBucketLocation,
  GetBucketVersioning,
  ListBuckets,
  MethodNotAllowed,
} from './bucket';
import { DeleteObject } from './DeleteObject';
import { errorAnswer } from './error';
import { GetObject, HeadObject } from './GetObject';
import { ListObjects } from './ListObjects';
import { ListObjectsV2 } from './ListObjectsV2';
import type { OssOperation } from './operation';
import { PutObject } from './PutObject';
import { tokenExpired, verifySignature } from './signature';

const writes: Readonly<Record<string, OssOperation>> = {
  PutObject,
  AppendObject,
  DeleteObject,
  DeleteMultipleObjects,
  PutBucket,
  DeleteBucket,
  PutBucketAcl,
  PutBucketLifecycle,
  DeleteBucketLifecycle,
  PutBucketVersioning,
};
const reads: Readonly<Record<string, OssOperation>> = {
  GetObject,
  HeadObject,
  ListObjects,
  ListObjectsV2,
  GetBucketVersioning,
  GetBucketAcl,
  GetBucketLifecycle,
  GetBucketInfo,
  GetBucketLocation,
  ListBuckets,
};

/** Answers one OSS request: signature, operation, faults, errors in the service's XML. */
export async function answerOss(world: World, request: WireRequest): Promise<WireAnswer> {
  const requestId = newRequestId(world);
  const refuse = (error: ApiError) => errorAnswer(request, requestId, error);
  try {
    const caller = callerOf(verifySignature(world, request));
    const address = addressOf(request);
    const action = actionOf(request, address);
    const operation = writes[action] ?? reads[action] ?? MethodNotAllowed;
    const answer = await exchange(world, {
      product: 'oss',
      // A fault on ListObjects means listing, in either version of the call.
      action: action === 'ListObjectsV2' ? 'ListObjects' : action,
      subject: `${address.bucket}/${address.key} ${request.rawUrl}`,
      target: `${address.bucket}/${address.key}`,
      params: paramsOf(request),
      mutates: action in writes,
      answer: () => {
        const called = { product: 'oss', action: action === 'ListObjectsV2' ? 'ListObjects' : action };
        authorizeOn(world, caller, called, resourcesOf(world, address, action));
        return operation(world, request, address);
      },
      reused: request.reused,
      tokenExpired,
      refuse,
    });
    return withStandardHeaders(answer, requestId);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return withStandardHeaders(refuse(error), requestId);
  }
}

/** `acs:oss:oss-<region>:<account>:<bucket>/<key>`. https://www.alibabacloud.com/help/en/oss/user-guide/ram-policy-overview */
function resourcesOf(
  { region, account }: World,
  { bucket, key }: OssAddress,
  action: string,
): readonly Resource[] {
  const within =
    action === 'DeleteMultipleObjects' ? `${bucket}/*` : key === '' ? bucket || '*' : `${bucket}/${key}`;
  return [{ arn: `acs:oss:oss-${region}:${account}:${within}`, context: {} }];
}

function actionOf({ method, query }: WireRequest, { bucket, key }: OssAddress): string {
  if (bucket === '') return method === 'GET' ? 'ListBuckets' : 'MethodNotAllowed';
  if (key !== '') return objectAction(method, query);
  return bucketAction(method, query);
}

/** Calls about a bucket by the sub-resource they name; a GET that names none lists. */
const bucketActions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  versioning: { GET: 'GetBucketVersioning', PUT: 'PutBucketVersioning' },
  lifecycle: { GET: 'GetBucketLifecycle', PUT: 'PutBucketLifecycle', DELETE: 'DeleteBucketLifecycle' },
  acl: { GET: 'GetBucketAcl', PUT: 'PutBucketAcl' },
  bucketInfo: { GET: 'GetBucketInfo' },
  location: { GET: 'GetBucketLocation' },
  delete: { POST: 'DeleteMultipleObjects' },
};
const otherSubResources = [
  'cors',
  'encryption',
  'policy',
  'tagging',
  'website',
  'logging',
  'referer',
  'worm',
  'inventory',
  'uploads',
  'versions',
];

function bucketAction(method: string, query: URLSearchParams): string {
  const subResource = Object.keys(bucketActions).find((name) => query.has(name));
  if (subResource !== undefined) return bucketActions[subResource]![method] ?? 'MethodNotAllowed';
  if (otherSubResources.some((name) => query.has(name))) return 'MethodNotAllowed';
  if (method === 'PUT') return 'PutBucket';
  if (method === 'DELETE') return 'DeleteBucket';
  if (method !== 'GET') return 'MethodNotAllowed';
  return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
}

function objectAction(method: string, query: URLSearchParams): string {
  if (method === 'POST') return query.has('append') ? 'AppendObject' : 'MethodNotAllowed';
  const isAboutContent = !['acl', 'tagging', 'uploads', 'uploadId', 'symlink'].some((name) =>
    query.has(name),
  );
  const actions: Record<string, string> = {
    PUT: 'PutObject',
    GET: 'GetObject',
    HEAD: 'HeadObject',
    DELETE: 'DeleteObject',
  };
  return (isAboutContent && actions[method]) || 'MethodNotAllowed';
}

function withStandardHeaders(answer: WireAnswer, requestId: string): WireAnswer {
  return { ...answer, headers: { 'x-oss-request-id': requestId, server: 'AliyunOSS', ...answer.headers } };
}

function newRequestId(world: World): string {
  world.requests += 1;
  return `6A5F${world.requests.toString(16).toUpperCase().padStart(20, '0')}`;
}

function paramsOf(request: WireRequest): Record<string, unknown> {
  return { ...Object.fromEntries(request.query), size: request.body.length };
}

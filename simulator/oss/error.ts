import { ApiError } from '../core/call';
import type { WireAnswer, WireRequest } from '../core/http';
import { renderXml } from '../core/xml';

/** The error codes this program uses, with their status and EC. https://www.alibabacloud.com/help/en/oss/support/error-codes */
const codes = {
  AccessDenied: [403, '0003-00000001'],
  BucketAlreadyExists: [409, '0015-00000104'],
  BucketNotEmpty: [409, '0015-00000301'],
  FileAlreadyExists: [409, '0026-00000012'],
  InvalidAccessKeyId: [403, '0002-00000902'],
  InvalidArgument: [400, '0017-00000502'],
  InvalidBucketName: [400, '0016-00000201'],
  InvalidDigest: [400, '0017-00000503'],
  InvalidSecurityToken: [403, '0002-00000006'],
  InvalidRange: [416, '0026-00000003'],
  MalformedXML: [400, '0016-00000101'],
  MethodNotAllowed: [405, '0016-00000501'],
  NoSuchBucket: [404, '0015-00000101'],
  NoSuchLifecycle: [404, '0015-00000103'],
  NoSuchKey: [404, '0026-00000001'],
  NotImplemented: [400, '0017-00000601'],
  ObjectNotAppendable: [409, '0026-00000011'],
  PositionNotEqualToLength: [409, '0026-00000016'],
  PreconditionFailed: [412, '0026-00000017'],
  RequestTimeTooSkewed: [403, '0002-00000504'],
  ServiceUnavailable: [503, '0008-00000101'],
  SecurityTokenExpired: [403, '0002-00000007'],
  SignatureDoesNotMatch: [403, '0002-00000040'],
} as const;
export type OssCode = keyof typeof codes;

/** A refusal in the service's words, with headers that its answer carries beside the XML. */
export class OssError extends ApiError {
  constructor(
    code: OssCode,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(codes[code][0], code, message);
  }
}

/** The error document; a HEAD request gets status and headers only. */
export function errorAnswer(request: WireRequest, requestId: string, refusal: ApiError): WireAnswer {
  // Flow control has a code of its own here.
  const isThrottled = refusal.code.startsWith('Throttling');
  const error = isThrottled
    ? new OssError('ServiceUnavailable', 'Please reduce your request rate.')
    : refusal;
  const ec = Object.hasOwn(codes, error.code) ? codes[error.code as OssCode][1] : '0001-00000001';
  const headers = { 'x-oss-ec': ec, ...(error instanceof OssError ? error.headers : {}) };
  if (request.method === 'HEAD') return { status: error.status, headers };
  const body = renderXml('Error', {
    Code: error.code,
    Message: error.message,
    RequestId: requestId,
    HostId: request.headers['host'] ?? '',
    EC: ec,
  });
  return { status: error.status, headers: { 'content-type': 'application/xml', ...headers }, body };
}

import { createHash, createHmac } from 'node:crypto';
import type { WireRequest } from '../core/http';
import { addressOf } from './address';

/** What a version 4 Authorization header says. */
export interface SignatureV4 {
  readonly keyId: string;
  /** `<yyyymmdd>/<region>/oss/aliyun_v4_request`. */
  readonly scope: string;
  readonly additionalHeaders: readonly string[];
  readonly signature: string;
}

/** Reads the header `OSS4-HMAC-SHA256 Credential=…,[AdditionalHeaders=…,]Signature=…`. */
export function readV4(authorization: string): SignatureV4 | undefined {
  const form =
    /^OSS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+),\s*(?:AdditionalHeaders=([^,]*),\s*)?Signature=([0-9a-f]+)$/;
  const [, keyId, scope, additional = '', signature] = form.exec(authorization) ?? [];
  if (keyId === undefined || scope === undefined || signature === undefined) return undefined;
  return { keyId, scope, additionalHeaders: additional.split(';').filter((name) => name !== ''), signature };
}

/**
 * The signature over the whole request, with a key derived for day, region and product.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/recommend-to-use-signature-version-4
 */
export function signV4(
  secret: string,
  request: WireRequest,
  { scope, additionalHeaders }: SignatureV4,
): string {
  const canonical = canonicalRequest(request, additionalHeaders);
  const digest = createHash('sha256').update(canonical).digest('hex');
  const text = ['OSS4-HMAC-SHA256', request.headers['x-oss-date'] ?? '', scope, digest].join('\n');
  const key = scope.split('/').reduce<Buffer>(hmac, Buffer.from(`aliyun_v4${secret}`));
  return hmac(key, text).toString('hex');
}

/** Milliseconds of `20261117T071000Z`; NaN for anything else. */
export function readBasicTime(text: string): number {
  const [, date, time] = /^(\d{8})T(\d{6})Z$/.exec(text) ?? [];
  if (date === undefined || time === undefined) return NaN;
  return Date.parse(
    `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`,
  );
}

function canonicalRequest(request: WireRequest, additional: readonly string[]): string {
  const { method, headers, query } = request;
  const { bucket, key } = addressOf(request);
  const path = bucket === '' ? '/' : `/${bucket}/${key}`;
  const parameters = [...query]
    .map(([name, value]) => (value === '' ? encode(name) : `${encode(name)}=${encode(value)}`))
    .sort();
  const isSigned = (name: string) =>
    name === 'content-type' ||
    name === 'content-md5' ||
    name.startsWith('x-oss-') ||
    additional.includes(name);
  const signed = Object.keys(headers).filter(isSigned).sort();
  return [
    method,
    encode(path).replaceAll('%2F', '/'),
    parameters.join('&'),
    signed.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join(''),
    additional.join(';'),
    headers['x-oss-content-sha256'] ?? 'UNSIGNED-PAYLOAD',
  ].join('\n');
}

function encode(text: string): string {
  const escape = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, escape);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

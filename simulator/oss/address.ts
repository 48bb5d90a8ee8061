import type { WireRequest } from '../core/http';

/** What a request is about; the key is empty for the bucket itself, the bucket for the whole account. */
export interface OssAddress {
  readonly bucket: string;
  readonly key: string;
}

/** True for a Host header of the form `<bucket>.oss-<region>.aliyuncs.com`, the service's own addressing. */
export function hasBucketHost(request: WireRequest): boolean {
  return bucketOfHost(request) !== undefined;
}

/**
 * Reads bucket and key from the Host header or, in path style, from the path. `ali-oss` sends the bucket's host
 * to an IP address too, and with `sldEnable` the bucket in both places: then the path begins with it.
 * https://www.alibabacloud.com/help/en/oss/user-guide/access-oss-via-bucket-domain-name
 */
export function addressOf(request: WireRequest): OssAddress {
  const [first = '', ...rest] = request.path.slice(1).split('/').map(decodeURIComponent);
  const host = bucketOfHost(request);
  if (host !== undefined && host !== first) return { bucket: host, key: [first, ...rest].join('/') };
  return { bucket: first, key: rest.join('/') };
}

function bucketOfHost(request: WireRequest): string | undefined {
  return /^([a-z0-9][a-z0-9-]+)\.oss-[a-z0-9-]+\.aliyuncs\.com$/.exec(request.headers['host'] ?? '')?.[1];
}

import { unzipSync } from 'fflate';
import type * as z from 'zod';
import type { FunctionCode } from '../core/compute';
import type { World } from '../core/world';
import { crc64 } from '../core/crc64';
import { invalid, type CodeSpec } from './specs';

const megabyte = 1024 * 1024;

/**
 * The zip that a caller names: in base64 with the call, or as an object of OSS, which must be there.
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/product-overview/limits
 */
export function readCode(world: World, spec: z.output<typeof CodeSpec>): FunctionCode {
  const zip =
    spec.zipFile === undefined ? fromOss(world, spec) : atMost(100, Buffer.from(spec.zipFile, 'base64'));
  const code = { zip, checksum: crc64(zip) };
  if (spec.checksum !== undefined && spec.checksum !== code.checksum) {
    throw invalid(`code.checksum: found ${spec.checksum}; the CRC-64 of the package is ${code.checksum}`);
  }
  readZip(code);
  return code;
}

/** The files in the zip by their paths. */
export function readZip({ zip }: FunctionCode): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(zip);
  } catch {
    throw invalid('code: the package is not a zip file');
  }
}

function fromOss(world: World, spec: z.output<typeof CodeSpec>): Buffer {
  const { ossBucketName: bucket, ossObjectName: key } = spec;
  if (bucket === undefined || key === undefined) {
    throw invalid('code: either zipFile, or ossBucketName and ossObjectName, must be given');
  }
  const object = world.buckets.get(bucket)?.get(key);
  if (object === undefined) {
    const missing = world.buckets.has(bucket) ? 'object' : 'bucket';
    throw invalid(`code: failed to get oss://${bucket}/${key}: the specified ${missing} does not exist`);
  }
  return atMost(500, object.content);
}

function atMost(megabytes: number, zip: Buffer): Buffer {
  if (zip.length <= megabytes * megabyte) return zip;
  throw invalid(`code: the package has ${zip.length} bytes; at most ${megabytes} MB are allowed`);
}

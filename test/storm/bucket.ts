import type OSS from 'ali-oss';
import type { World as SimulatedCloud, StoredObject } from '../../simulator/core/world';
import type { Bucket } from '../../src/cloud/oss-client';
import { refusal } from '../../src/cloud/refusal';
import type { Invocation } from './invocation';
import type { Wire } from './wire';

export interface BucketOptions {
  readonly cloud: SimulatedCloud;
  readonly wire: Wire;
  /** After a line was appended to an object. */
  readonly onAppend: (key: string, line: string, worker: string) => void;
}

type Objects = Map<string, StoredObject>;

/** Opens buckets for an invocation: the operations of the SDK that the adapters use, on objects in memory. */
export function bucketsFor(options: BucketOptions, invocation: Invocation): (name: string) => Bucket {
  return (name) => {
    const objects = options.cloud.buckets.get(name) ?? new Map<string, StoredObject>();
    const client = clientOn(objects, options, invocation) as unknown as OSS;
    return {
      use: (action, kind, operation) =>
        options.wire.send(invocation, { product: 'oss', action, write: kind === 'write' }, () =>
          operation(client),
        ),
    };
  };
}

function clientOn(objects: Objects, { cloud, onAppend }: BucketOptions, invocation: Invocation) {
  const refuse = (action: string, code: string, write: boolean) =>
    refusal({ kind: 'refused', code, message: 'refused' }, { product: 'oss', action, write }, cloud.now);
  const store = (key: string, content: Buffer) =>
    objects.set(key, { content, appendable: true, headers: {}, modifiedAt: cloud.now });
  return {
    async get(key: string, options?: { readonly headers?: Readonly<Record<string, string>> }) {
      const content = objects.get(key)?.content;
      if (content === undefined) throw refuse('GetObject', 'NoSuchKey', false);
      const from = Number(/^bytes=(\d+)-$/.exec(options?.headers?.['Range'] ?? '')?.[1]);
      if (from >= content.length) throw refuse('GetObject', 'InvalidRange', false);
      const range = `bytes ${from}-${content.length - 1}/${content.length}`;
      return { content: content.subarray(from), res: { status: 206, headers: { 'content-range': range } } };
    },
    /** https://www.alibabacloud.com/help/en/oss/developer-reference/appendobject */
    async append(key: string, bytes: Buffer, { position }: { readonly position: string }) {
      const content = objects.get(key)?.content ?? Buffer.alloc(0);
      if (content.length !== Number(position)) {
        throw refuse('AppendObject', 'PositionNotEqualToLength', true);
      }
      store(key, Buffer.concat([content, bytes]));
      onAppend(key, bytes.toString('utf8'), invocation.name);
    },
    async put(key: string, bytes: Buffer) {
      store(key, bytes);
    },
    async delete(key: string) {
      objects.delete(key);
    },
    async listV2({ prefix = '' }: { readonly prefix?: string }) {
      const names = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
      return { objects: names.map((name) => ({ name })), isTruncated: false };
    },
  };
}

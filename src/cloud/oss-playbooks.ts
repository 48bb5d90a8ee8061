import type { Playbooks } from '../engine/ports';
import { chunksOf } from './chunks';
import type { Bucket } from './oss-client';
import { readObject, readTagged } from './oss-files';
import { listObjects } from './oss-list';
import { isWish } from './playbook-folder';
import { askAgain } from './refusal';

const folder = 'playbooks/';
const versionKey = (digest: string) => `config/versions/${digest}.json`;

/** How many files are read side by side. */
const atOnce = 20;

/** The folder `playbooks/` of the bucket, and beside it the versions that were good once. */
export function createPlaybooks(bucket: Bucket): Playbooks {
  /** What is put or deleted twice is the same as once: a lost answer is no reason to stop. */
  const put = (key: string, text: string) =>
    askAgain(() => bucket.use('PutObject', 'write', (client) => client.put(key, Buffer.from(text, 'utf8'))));
  const readFile = (path: string) =>
    askAgain(async () => {
      const found = await readTagged(bucket, `${folder}${path}`);
      return found && [{ path, text: found.bytes.toString('utf8'), etag: found.etag }];
    });
  return {
    async list() {
      const objects = await listObjects(bucket, folder);
      return objects
        .map(({ name, etag, lastModified }) => ({
          path: name.slice(folder.length),
          etag,
          modifiedAt: Date.parse(lastModified),
        }))
        .filter(({ path }) => isWish(path));
    },
    async read(paths) {
      const files = [];
      for (const some of chunksOf(paths, atOnce)) files.push(...(await Promise.all(some.map(readFile))));
      return files.flatMap((file) => file ?? []);
    },
    write: async (path, text) => void (await put(`${folder}${path}`, text)),
    remove: async (path) =>
      void (await askAgain(() =>
        bucket.use('DeleteObject', 'write', (client) => client.delete(`${folder}${path}`)),
      )),
    readVersion: (digest) => readObject(bucket, versionKey(digest)),
    writeVersion: async (digest, text) => void (await put(versionKey(digest), text)),
  };
}

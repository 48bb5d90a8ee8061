import * as z from 'zod';
import type { OpenRuns } from '../engine/ports';
import type { Bucket } from './oss-client';
import { readObject } from './oss-files';
import { listKeys } from './oss-list';

const folder = 'open/';

const Marker = z.object({ nextLook: z.number() });

/** One small object for every run under way. Putting one twice and removing none are no errors. */
export function createOpenRuns(bucket: Bucket): OpenRuns {
  return {
    async list() {
      const names = await listKeys(bucket, folder);
      const runs = names.map((name) => name.slice(folder.length)).filter((runId) => runId !== '');
      const markers = await Promise.all(runs.map((runId) => readMarker(bucket, runId)));
      return markers.filter((marker) => marker !== undefined);
    },
    async put(runId, nextLook) {
      const marker = Buffer.from(JSON.stringify({ nextLook }), 'utf8');
      await bucket.use('PutObject', 'write', (client) => client.put(`${folder}${runId}`, marker));
    },
    async remove(runId) {
      await bucket.use('DeleteObject', 'write', (client) => client.delete(`${folder}${runId}`));
    },
  };
}

/** Undefined when the run ended between the listing and the reading. */
async function readMarker(bucket: Bucket, runId: string) {
  const text = await readObject(bucket, `${folder}${runId}`);
  return text === undefined ? undefined : { runId, ...Marker.parse(JSON.parse(text)) };
}

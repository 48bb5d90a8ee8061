import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** The zips of a folder with a remark at their end, as if a later version had been built; answers their folder. */
export function buildAnew(built: string, into: string): string {
  const folder = join(into, 'functions');
  mkdirSync(folder);
  for (const file of readdirSync(built).filter((name) => name.endsWith('.zip'))) {
    const files = unzipSync(readFileSync(join(built, file)));
    const index = `${strFromU8(files['index.js']!)}\n// a later version\n`;
    writeFileSync(join(folder, file), zipSync({ ...files, 'index.js': strToU8(index) }));
  }
  return folder;
}

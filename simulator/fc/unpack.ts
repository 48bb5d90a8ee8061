import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import type { FunctionCode } from '../core/compute';
import { readZip } from './code';

/** Writes the files of a package into a new folder of their own, and answers where it is. */
export function unpack(code: FunctionCode): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulated-fc-'));
  for (const [path, content] of Object.entries(readZip(code))) {
    const inside = normalize(path);
    if (inside.startsWith('..') || inside.startsWith('/') || path.endsWith('/')) continue;
    mkdirSync(dirname(join(folder, inside)), { recursive: true });
    writeFileSync(join(folder, inside), content);
  }
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

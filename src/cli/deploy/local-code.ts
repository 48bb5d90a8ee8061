import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput } from '../exits';
import { projectFolder } from '../places';
import { functionNames, type OneFunction } from './names';

/** The zip of one function as it was built here. */
export interface LocalCode {
  readonly name: OneFunction;
  readonly sha256: string;
  /** Its object in the code bucket: other bytes have another key, so nothing is uploaded twice or overwritten. */
  readonly key: string;
  readonly bytes: Buffer;
}

/** Where `npm run build` puts them. */
export const builtCode = join(projectFolder, 'dist', 'functions');

/** What was built here; empty where something is missing. */
export function readBuiltCode(): readonly LocalCode[] {
  const isBuilt = functionNames.every((name) => existsSync(join(builtCode, `${name}.zip`)));
  return isBuilt ? readLocalCode(builtCode) : [];
}

/**
 * The zips of every function in a folder.
 *
 * @throws BadInput naming those that are missing
 */
export function readLocalCode(folder: string): readonly LocalCode[] {
  const missing = functionNames
    .map((name) => `${name}.zip`)
    .filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) {
    throw new BadInput(
      `${folder}: found no ${missing.join(', no ')}; expected what this makes: npm run build`,
    );
  }
  return functionNames.map((name) => toCode(name, readFileSync(join(folder, `${name}.zip`))));
}

export function toCode(name: OneFunction, bytes: Buffer): LocalCode {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, sha256, key: `code/${name}-${sha256}.zip`, bytes };
}

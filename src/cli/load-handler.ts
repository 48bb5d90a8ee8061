import { join } from 'node:path';
import type { Handler, LoadHandler } from './rehearse/local-runner';
import { projectFolder } from './places';

/** Loads the built function that the template names, as Function Compute would. */
export const loadBuiltHandler: LoadHandler = async ({ file, exported }) => {
  const module = (await import(join(projectFolder, `${file}.js`))) as Readonly<Record<string, unknown>>;
  const handler = module[exported];
  if (typeof handler !== 'function') throw new Error(`${file}: no exported function ${exported}`);
  return handler as Handler;
};

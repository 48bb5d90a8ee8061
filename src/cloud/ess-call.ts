import type * as z from 'zod';
import { CloudError } from '../engine/ports';
import type { Caller } from './call';

interface Asked {
  readonly fixed: Readonly<Record<string, unknown>>;
  /** By the name in the singular: `InstanceId` goes as `InstanceIds.1` or, in the older version, as `InstanceId.1`. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
}

/** Auto Scaling in the newest version of its interface that the endpoint knows. */
export interface EssCaller {
  read<T>(action: string, asked: Asked, schema: z.ZodType<T>): Promise<T>;
  write<T>(action: string, asked: Asked, schema: z.ZodType<T>): Promise<T>;
}

type Version = 'ess' | 'ess2014';

/** How an endpoint says that it knows no such version, or no such operation in it; the case differs. */
const unknownVersion = new Set(['invalidversion', 'invalidapi.notfound', 'invalidaction.notfound']);

/** Once an endpoint has shown that it knows the older version only, it is not asked in the newer one again. */
export function createEssCaller(call: Caller): EssCaller {
  let known: Version = 'ess';

  const inVersion = async <T>(ask: (version: Version) => Promise<T>): Promise<T> => {
    const tried = known;
    try {
      return await ask(tried);
    } catch (error) {
      if (tried === 'ess2014' || !isUnknownVersion(error)) throw error;
      // Whatever was refused with such a code has not been done: a write may be sent again as well.
      const answer = await ask('ess2014');
      known = 'ess2014';
      return answer;
    }
  };

  return {
    read: (action, asked, schema) =>
      inVersion((version) => call.read(version, action, paramsIn(version, asked), schema)),
    write: (action, asked, schema) =>
      inVersion((version) => call.write(version, action, paramsIn(version, asked), schema)),
  };
}

function isUnknownVersion(error: unknown): boolean {
  return error instanceof CloudError && unknownVersion.has(error.code.toLowerCase());
}

function paramsIn(version: Version, { fixed, lists = {} }: Asked): Asked['fixed'] {
  const named = Object.entries(lists).map(
    ([name, values]) => [version === 'ess' ? `${name}s` : name, values] as const,
  );
  return { ...fixed, ...Object.fromEntries(named) };
}

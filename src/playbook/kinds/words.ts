import * as z from 'zod';

/** Values are never changed after reading. */
export type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;

export const apiVersion = z.literal('failover/v1');

export const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, {
  error: 'a name of small letters, digits and hyphens, such as web-hangzhou',
});

export const Metadata = z.strictObject({
  name: Name,
  owner: z.string().min(1),
  summary: z.string().optional(),
});

/** observe writes nothing; of settings, pool and playbook the strictest wins. */
export const Mode = z.enum(['observe', 'enforce']);

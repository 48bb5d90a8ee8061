import * as z from 'zod';

/** Where the members of a pool take traffic, as a plan carries it. */
export const Places = z.array(
  z.strictObject({
    kind: z.literal('clb'),
    loadBalancer: z.string(),
    vServerGroup: z.string().optional(),
    port: z.number().optional(),
  }),
);

import * as z from 'zod';
import type { Cloud } from './cloud';

const Turn = z.object({
  ran: z.array(
    z.object({
      function: z.string(),
      by: z.string(),
      at: z.number(),
      error: z.string().optional(),
      result: z.string(),
      log: z.array(z.string()),
    }),
  ),
});
export type PlayedRun = z.output<typeof Turn>['ran'][number];

const Next = z.object({ at: z.number().nullable() });
const Now = z.object({ now: z.number() });

/** More moments than any story has: one that does not end is a mistake. */
const mostMoments = 3000;

/** Minutes in which `advance` would find its queue empty are skipped. */
function skipping(prefix: string): string {
  return `idle=${prefix}-advance:${prefix}-runs`;
}

/** Lets the cloud go on a little, and plays what the deployed triggers start meanwhile. */
export async function playOn(
  { knock }: Cloud,
  prefix: string,
  { advanceMs, tell }: { advanceMs: number; tell: (run: PlayedRun) => void },
): Promise<void> {
  await knock('PUT', '/clock', Now, { advanceMs });
  const { ran } = await knock('POST', `/functions/turn?${skipping(prefix)}`, Turn);
  for (const run of ran) tell(run);
}

/**
 * Jumps from one moment at which something is due to the next, and plays what the deployed triggers start there.
 *
 * @returns whether it was over in time
 */
export async function playUntil(
  { knock }: Cloud,
  prefix: string,
  { isOver, tell }: { isOver: () => Promise<boolean>; tell: (run: PlayedRun) => void },
): Promise<boolean> {
  const idle = skipping(prefix);
  for (let moment = 0; moment < mostMoments; moment += 1) {
    const { ran } = await knock('POST', `/functions/turn?${idle}`, Turn);
    for (const run of ran) tell(run);
    if (await isOver()) return true;
    const { at } = await knock('GET', `/next?${idle}`, Next);
    if (at === null) return false;
    await knock('PUT', '/clock', Now, { now: at });
  }
  return false;
}

import type { FrontDoor } from '../../../src/cli/front-door';

const stepMs = 1000;

/**
 * The front door with a clock that goes in small steps and calls `flow` at each of them, and at every instant at which
 * anything in the cloud changes by itself. Of a stretch in which nothing changes only the last `tailMs` are walked.
 */
export function walkSlowly(
  door: FrontDoor,
  {
    from,
    tailMs,
    flow,
  }: { readonly from: number; readonly tailMs: number; readonly flow: () => Promise<void> },
): FrontDoor {
  let now = from;
  return {
    ...door,
    async moveClock(to) {
      while (now < to) {
        const change = (await door.next()) ?? to;
        now = Math.min(to, change, Math.max(now + stepMs, to - tailMs));
        await door.moveClock(now);
        await flow();
      }
    },
  };
}

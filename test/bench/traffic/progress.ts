import type { Screen } from '../../../src/cli/screen';
import { nameOf } from './report';
import type { Telling } from './tell';
import type { Seen } from './traffic';

export interface Progress {
  flowed(telling: Telling, done: number, seen: Seen, now: number): void;
  over(): void;
}

/** One line that is written over on a terminal, or one every five seconds elsewhere. */
export function progressOn(screen: Screen, tellings: number): Progress {
  const everyMs = screen.live ? 200 : 5000;
  let saidAt = Date.now();
  return {
    flowed(telling, done, { sent, lost }, now) {
      if (Date.now() - saidAt < everyMs) return;
      saidAt = Date.now();
      const time = new Date(now).toISOString().slice(11, 19);
      const line = `telling ${done + 1} of ${tellings}: ${nameOf(telling)}, ${time} UTC in the cloud, ${sent} requests, ${lost} lost`;
      if (screen.live) screen.status([line]);
      else screen.print(line);
    },
    over: () => screen.status([]),
  };
}

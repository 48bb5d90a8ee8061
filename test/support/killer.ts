import { refusal } from '../../src/cloud/refusal';
import type { CloudError, World } from '../../src/engine/ports';

/** The invocation died here. No code of the program knows this error. */
export class Killed extends Error {}

export interface Kill {
  /** Number of the outside call, counted from 1 over the whole story. */
  readonly call: number;
  /** `answer lost`: the call works, and whoever made it lives and hears nothing. */
  readonly when: 'before' | 'after' | 'answer lost';
}

export interface Killer {
  readonly world: World;
  /** Outside calls made so far. */
  readonly calls: () => number;
  /** What each of them was called, in order: `append`, `setProtection`. */
  readonly names: () => readonly string[];
  /** A new invocation: what was killed stays dead, the next one lives. */
  readonly revive: () => void;
}

function timedOut(action: string): CloudError {
  return refusal(
    { kind: 'timeout', message: 'no answer in time' },
    { product: 'cloud', action, write: true },
    0,
  );
}

/** Counts every outside call of a world and kills the invocation before or after the ones that are named. */
export function withKills(world: World, kills: readonly Kill[]): Killer {
  const names: string[] = [];
  let dead = false;
  const wrap = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member === 'object' && member !== null) return wrap(member);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          if (dead) throw new Killed();
          names.push(String(name));
          const kill = kills.find(({ call }) => call === names.length);
          if (kill?.when === 'before') dead = true;
          if (dead) throw new Killed();
          const call = member as (...all: unknown[]) => Promise<unknown>;
          const answer = await call.apply(target, args);
          if (kill?.when === 'answer lost') throw timedOut(String(name));
          if (kill?.when === 'after') dead = true;
          if (dead) throw new Killed();
          return answer;
        };
      },
    });
  const { cloud, journals, openRuns, queue, deadLetters } = world;
  return {
    world: {
      ...world,
      cloud: wrap(cloud),
      journals: wrap(journals),
      openRuns: wrap(openRuns),
      queue: wrap(queue),
      deadLetters: wrap(deadLetters),
    },
    calls: () => names.length,
    names: () => names,
    revive: () => {
      dead = false;
    },
  };
}

import { createHash } from 'node:crypto';

/** Everything that is left to chance in a story comes out of one seed. */
export interface Chance {
  /** In [0, 1). */
  readonly fraction: () => number;
  /** True with this probability; 0 never, 1 always. */
  readonly happens: (probability: number) => boolean;
  /** A whole number between the two, both included. */
  readonly between: (least: number, most: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  /** Another source, as independent of this one as if it had a seed of its own. */
  readonly fork: (name: string) => Chance;
}

export function chanceOf(seed: string): Chance {
  const fraction = generator(seed);
  const between = (least: number, most: number) => least + Math.floor(fraction() * (most - least + 1));
  return {
    fraction,
    happens: (probability) => probability > 0 && fraction() < probability,
    between,
    pick: (items) => {
      if (items.length === 0) throw new Error(`${seed}: nothing to pick from`);
      return items[between(0, items.length - 1)]!;
    },
    fork: (name) => chanceOf(`${seed}/${name}`),
  };
}

/** sfc32, a small generator that passes the usual tests: https://pracrand.sourceforge.net */
function generator(seed: string): () => number {
  const digest = createHash('sha256').update(seed).digest();
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => digest.readInt32LE(at)) as [number, number, number, number];
  return () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 0x1_0000_0000;
  };
}

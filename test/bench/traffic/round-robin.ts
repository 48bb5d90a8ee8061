/** Smooth weighted round robin: chooses among names by their weights, and spreads each one's turns evenly. */
export interface RoundRobin {
  /** The next name in turn; undefined when nobody has weight. */
  next(weights: ReadonlyMap<string, number>): string | undefined;
}

/**
 * Everybody gains as much as they weigh, the one who then has most has the turn and pays what all gained.
 * https://github.com/nginx/nginx/blob/master/src/http/ngx_http_upstream_round_robin.c
 */
export function createRoundRobin(): RoundRobin {
  const saved = new Map<string, number>();
  return {
    next(weights) {
      const waiting = [...weights].filter(([, weight]) => weight > 0);
      for (const [name, weight] of waiting) saved.set(name, (saved.get(name) ?? 0) + weight);
      for (const name of saved.keys()) if (!waiting.some(([other]) => other === name)) saved.delete(name);
      const [first] = [...saved].toSorted(([, a], [, b]) => b - a);
      if (first === undefined) return undefined;
      const [name, most] = first;
      saved.set(name, most - waiting.reduce((sum, [, weight]) => sum + weight, 0));
      return name;
    },
  };
}

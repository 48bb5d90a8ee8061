/** What a health check says: how it really was so long ago. */
export interface HealthCheck {
  see(now: number, name: string, up: boolean): void;
  says(now: number, name: string): boolean;
}

/** Everybody counts as healthy before anything was seen. */
export function createHealthCheck(delayMs: number): HealthCheck {
  const seen = new Map<string, { readonly at: number; readonly up: boolean }[]>();
  return {
    see(now, name, up) {
      const changes = seen.get(name) ?? [];
      if (changes.at(-1)?.up !== up) seen.set(name, [...changes, { at: now, up }]);
    },
    says: (now, name) => seen.get(name)?.findLast(({ at }) => at <= now - delayMs)?.up ?? true,
  };
}

/** Seeds that once broke a promise, each with what it found. They are told again in every test run. */
export const keptSeeds: readonly { readonly seed: number; readonly found: string }[] = [
  {
    seed: 49,
    found: 'an append and the look for it both went unanswered, and the act counted as one that left nothing',
  },
];

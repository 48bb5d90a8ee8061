/**
 * Seeds that once broke a promise, each with what it found. They are told again in every test run. What a seed
 * means changes with what the storm draws: whoever changes that looks for others that find the same.
 */
export const keptSeeds: readonly { readonly seed: number; readonly found: string }[] = [
  {
    seed: 4,
    found:
      'the provider acts on an instance that another run is bringing back, and one drain takes the weights of the other for the original ones',
  },
  {
    seed: 42,
    found: 'a message moved its run on, nobody lived to send the next one, and it became a dead letter',
  },
];

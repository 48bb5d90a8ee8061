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
  {
    seed: 4771,
    found: 'a run holds again after a retry, and the worker that recorded it lived to call nobody',
  },
  {
    seed: 9204,
    found: 'somebody stops the instance between two shares of its weight, and the next share is given',
  },
  {
    seed: 6212,
    found: 'an instance that was stopped in a ramp gets its next share before it was heard from',
  },
  {
    seed: 923,
    found: 'a place of the scaling group that no pool names keeps the weight that Auto Scaling gives it',
  },
  {
    seed: 1276,
    found: 'a place that was at 0, and that no pool names, gets a weight from Auto Scaling and keeps it',
  },
  {
    seed: 2358,
    found:
      'the last healthy server leaves a group in which a soft drain had lowered the weight, and nobody asks',
  },
];

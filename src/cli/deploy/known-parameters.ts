import type { Names } from './names';
import type { Generation, Stack } from './ports';
import { sweepParameters } from './sweep-period';
import type { Wanted } from './wanted';

interface Known {
  readonly wanted: Wanted;
  readonly names: Names;
  readonly generation: Generation;
  readonly stack: Stack | undefined;
  readonly stateBucket: 'absent' | 'ours' | 'others';
}

/** The parameters of template.yml that follow from what is deployed, by whom and where. */
export function knownParameters({
  wanted,
  names,
  generation,
  stack,
  stateBucket,
}: Known): Record<string, string> {
  return {
    NamePrefix: wanted.prefix,
    Generation: generation,
    CodeBucket: names.codeBucket,
    StateBucket: names.stateBucket,
    // An installation before this one left its bucket behind: its journals are carried on.
    ...(stack === undefined && { MakeStateBucket: String(stateBucket === 'absent') }),
    ...sweepParameters(wanted.set),
    ...(wanted.endpoint !== undefined && { Endpoint: wanted.endpoint }),
    ...Object.fromEntries(wanted.code.map(({ name, key }) => [codeParameters[name], key])),
  };
}

const codeParameters = { poll: 'PollCode', receive: 'ReceiveCode', advance: 'AdvanceCode' } as const;

/** Exit codes of the command. */
export const exits = { good: 0, failed: 1, badInput: 2, wouldChange: 3, blocked: 4 } as const;

/** Something the user gave is wrong; the message says where, what was found and what would be right. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

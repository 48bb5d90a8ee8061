/** Exit codes of the command; `interrupted` is what shells expect of Ctrl-C. */
export const exits = {
  good: 0,
  failed: 1,
  badInput: 2,
  wouldChange: 3,
  blocked: 4,
  interrupted: 130,
} as const;

/** Something the user gave is wrong; the message says where, what was found and what would be right. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

/** Somebody pressed Ctrl-C in place of an answer. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

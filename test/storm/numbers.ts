import { InvalidArgumentError } from 'commander';

/** A whole number from 0 on, as commander reads it. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('expected a whole number such as 100');
  return Number(text);
}

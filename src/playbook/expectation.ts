/**
 * What a value should have looked like, in words, and how a near miss can be mended. Schemas carry `says` as
 * their error; the problem a reader sees is built from it.
 */
export interface Expectation {
  /** Completes the sentence "expected …". */
  readonly says: string;
  /** What to write instead, ready for the file, or undefined when we cannot guess. */
  readonly mend: (found: string) => string | undefined;
}

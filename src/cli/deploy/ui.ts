import type { Screen } from '../screen';

/** Whoever installs: what they read, and what they are asked. */
export interface Ui {
  readonly screen: Screen;
  /**
   * `unasked`: nobody is there to answer, because standard input is no terminal.
   */
  readonly confirm: (question: string) => Promise<'yes' | 'no' | 'unasked'>;
  /** What somebody typed; undefined where nobody is there. */
  readonly ask: (question: string) => Promise<string | undefined>;
}

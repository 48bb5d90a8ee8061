import { createInterface } from 'node:readline/promises';
import { Interrupted } from './exits';

/**
 * What somebody typed at the terminal; undefined where nobody is there, or where they ended the input.
 *
 * @throws Interrupted after Ctrl-C
 */
export async function ask(question: string): Promise<string | undefined> {
  if (process.stdin.isTTY !== true) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const left = new Promise<undefined>((resolve, reject) => {
    terminal.once('SIGINT', () => reject(new Interrupted()));
    terminal.once('close', () => resolve(undefined));
  });
  try {
    return (await Promise.race([terminal.question(`${question} `), left]))?.trim();
  } finally {
    terminal.close();
  }
}

/** Whether somebody at the terminal says yes. */
export async function askForYes(question: string): Promise<'yes' | 'no' | 'unasked'> {
  const answer = await ask(`${question} [y/N]`);
  if (answer === undefined) return 'unasked';
  return /^y(es)?$/i.test(answer) ? 'yes' : 'no';
}

import { createInterface } from 'node:readline/promises';
import type { Screen } from '../screen';
import type { Ui } from './ui';

/** Asks at the terminal; `yes` answers every question for a yes beforehand. */
export function openTerminal(screen: Screen, { yes }: { readonly yes: boolean }): Ui {
  const ask = async (question: string): Promise<string | undefined> => {
    if (process.stdin.isTTY !== true) return undefined;
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return (await terminal.question(`${question} `)).trim();
    } finally {
      terminal.close();
    }
  };
  return {
    screen,
    ask,
    confirm: async (question) => {
      if (yes) return 'yes';
      const answer = await ask(`${question} [y/N]`);
      if (answer === undefined) return 'unasked';
      return /^y(es)?$/i.test(answer) ? 'yes' : 'no';
    },
  };
}

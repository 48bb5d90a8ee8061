import { ask, askForYes } from '../ask';
import { exits } from '../exits';
import type { Screen } from '../screen';
import type { Ui } from './ui';

/** Asks at the terminal; `yes` answers every question for a yes beforehand. */
export function openTerminal(screen: Screen, { yes }: { readonly yes: boolean }): Ui {
  return {
    screen,
    ask,
    confirm: async (question) => (yes ? 'yes' : askForYes(question)),
  };
}

/** Carries work out that the cloud goes on with when nobody looks any more; Ctrl-C ends the looking and says so. */
export async function watching<T>(work: () => Promise<T>): Promise<T> {
  const leave = () => {
    process.stderr.write(
      '\nstopped looking; what is under way in the cloud goes on, and the same command takes it up again\n',
    );
    process.exit(exits.interrupted);
  };
  process.once('SIGINT', leave);
  try {
    return await work();
  } finally {
    process.off('SIGINT', leave);
  }
}

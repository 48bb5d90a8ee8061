import { machine } from '../../connect';
import type { Freeze } from '../../run/freezes';
import { sayFreeze } from '../../steps/waiting/freezes';

/** `frozen by lin (every pool) until Wed 18 Nov 12:00: sale`, on the reader's own clock. */
export function sayFreezeHere(freeze: Freeze): string {
  return sayFreeze(freeze, machine.zone());
}

import { damagedDisk } from './damaged-disk';
import { examples } from './examples';
import { ladder } from './ladder';
import { pulledStop } from './pulled-stop';
import { restart } from './restart';
import { scripts } from './scripts';
import { shipped } from './shipped';
import { snapshots } from './snapshots';
import { softDrain } from './soft-drain';
import type { Tale } from './tale';

/** Every tale of the matrix, by its name. */
export const tales: Readonly<Record<string, () => Tale>> = {
  restart,
  'soft drain': softDrain,
  ladder,
  'damaged disk': damagedDisk,
  scripts,
  snapshots,
  'pulled stop': pulledStop,
  ...shipped,
  ...examples,
};

import * as z from 'zod';
import { Duration } from '../duration';

export const SnapshotDisks = z
  .strictObject({
    keep: Duration.describe(
      'How long a snapshot of an older disk is kept, in whole days; groups are kept until somebody deletes them. Left out: the same.',
    ).optional(),
    atMost: Duration.describe('How long all snapshots together may take.'),
  })
  .describe(
    'Takes snapshots of the cloud disks and waits until they are accomplished: those of the ESSD family at one moment. Local disks have none.',
  );

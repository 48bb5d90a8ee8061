import * as z from 'zod';
import { Duration } from '../duration';
import { InstancePath } from './instance-words';

const From = z
  .string()
  .describe('An earlier back-up-data step, which recorded how the local disks are mounted.');

export const ReleaseDisks = z
  .strictObject({
    from: From.optional(),
    mountPoints: z
      .array(InstancePath)
      .min(1)
      .describe('Where the disks are mounted. Left out: every local disk that the step in from recorded.')
      .optional(),
    atMost: Duration.prefault('5m'),
  })
  .describe(
    'Unmounts local disks and has /etc/fstab do without them: otherwise a boot without them ends in emergency mode. Undone, they are mounted again.',
  );

export const PrepareDisks = z
  .strictObject({
    from: From.optional(),
    filesystem: z.enum(['ext4', 'xfs']).describe('Left out: as it was before.').optional(),
    mountBy: z.enum(['uuid']).describe('What /etc/fstab names the disks by.').default('uuid'),
    atMost: Duration.prefault('15m'),
  })
  .describe(
    'Formats local disks that came back empty and mounts them where they were. A disk that carries anything is left alone.',
  );

export const RestoreData = z
  .strictObject({
    from: z.string().describe('The earlier back-up-data step whose files are loaded.').optional(),
    verify: z
      .enum(['sha256'])
      .describe('Every file must have the checksum of the manifest.')
      .default('sha256'),
    onMissing: z
      .enum(['proceed', 'ask'])
      .describe(
        'When the manifest names files that could not be saved: proceed tells people, ask holds the run.',
      )
      .default('proceed'),
    atMost: Duration,
  })
  .describe(
    'Loads the files of a backup to where they were, and compares the checksum of each with the manifest.',
  );

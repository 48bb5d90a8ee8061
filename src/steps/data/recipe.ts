import * as z from 'zod';

/** How one local disk was mounted, as it was recorded before it was lost. */
export const MountedDisk = z.object({
  mountPoint: z.string(),
  /** The file system was on all of the disk, or on a partition of it. */
  kind: z.enum(['disk', 'part']),
  filesystem: z.string(),
  options: z.string(),
  /** Of the disk. */
  bytes: z.number(),
  /** Of the folder that it is mounted at. */
  mode: z.string(),
  uid: z.string(),
  gid: z.string(),
});
export type MountedDisk = z.output<typeof MountedDisk>;

/** Lines of fields with tabs between them, as the backup script writes them; undefined when one cannot be read. */
export function readRecipe(text: string): readonly MountedDisk[] | undefined {
  const disks = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [mountPoint, kind, filesystem, options, bytes, mode, uid, gid] = line.split('\t');
      const found = { mountPoint, kind, filesystem, options, bytes: Number(bytes), mode, uid, gid };
      return MountedDisk.safeParse(found).data;
    });
  return disks.every((disk) => disk !== undefined) ? disks : undefined;
}

/** The recipe in the facts of a backup; empty where none was recorded. */
export const RecipeFacts = z.object({
  manifest: z.string().optional(),
  checksum: z.string().optional(),
  failed: z.number().optional(),
  files: z.number().optional(),
  disks: z.array(MountedDisk).default([]),
});

import { partOf, stepsOf, type Draft, type Rule, type RuleFinding } from '../draft';
import { valueAt } from '../known-keys';
import { suggestName } from '../sentences';
import { Settings } from '../configuration';
import { BackUpData } from '../with/back-up-data';

/** `requireBackup`, and `from` of what works by a backup, name a back-up-data step that comes earlier; so there is one. */
export const requiredBackupsExist: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const steps = stepsOf(draft);
    return steps.flatMap((step) => {
      const earlier = steps.filter(
        ({ use, index, isKnown }) => index < step.index && (use === 'back-up-data' || !isKnown),
      );
      const key = worksByBackup(step.use) ? 'from' : 'requireBackup';
      const path = [...step.path, 'with', key];
      const wanted = valueAt(draft.content, path);
      if (typeof wanted !== 'string') return needsBackup(draft, step, earlier.length);
      if (earlier.some(({ id }) => id === wanted)) return [];
      return {
        draft,
        path,
        at: 'value' as const,
        message: `no earlier back-up-data step is called ${wanted}`,
        suggestion: suggestName(
          wanted,
          earlier.flatMap(({ id }) => id ?? []),
        ),
      };
    });
  });

function worksByBackup(use: string | undefined): boolean {
  return use === 'release-disks' || use === 'prepare-disks' || use === 'restore-data';
}

/** Left out, `from` means the first backup of the playbook. */
function needsBackup(
  draft: Draft,
  { use, path }: ReturnType<typeof stepsOf>[number],
  backups: number,
): readonly RuleFinding[] {
  const namesDisks = valueAt(draft.content, [...path, 'with', 'mountPoints']) !== undefined;
  if (!worksByBackup(use) || namesDisks || backups > 0) return [];
  const message = `${use} works by what a backup recorded, and no back-up-data step comes before it`;
  return [{ draft, path, at: 'key', message, suggestion: 'add a back-up-data step' }];
}

/** When the settings name a bucket for backups, backups go there and nowhere else. */
export const backupsGoToTheirBucket: Rule = ({ settings, playbooks }) => {
  const bucket = settings.flatMap(
    (draft) => partOf(draft, ['spec', 'backups'], Settings.shape.spec.shape.backups)?.bucket ?? [],
  )[0];
  if (bucket === undefined) return [];
  return playbooks.flatMap((draft) =>
    stepsOf(draft).flatMap((step) => {
      const path = [...step.path, 'with', 'to'];
      const to = step.use === 'back-up-data' ? partOf(draft, path, BackUpData.shape.to) : undefined;
      if (to === undefined || to.bucket === bucket) return [];
      const message = `the settings keep backups in the bucket ${bucket}`;
      return { draft, path, at: 'value', message, suggestion: `write "oss://${bucket}/${to.prefix}"` };
    }),
  );
};

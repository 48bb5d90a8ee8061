import { partOf, stepsOf, type Rule } from '../draft';
import { suggestName } from '../sentences';
import { Settings } from '../configuration';
import { BackUpData } from '../with/back-up-data';

/** `requireBackup` names a back-up-data step that comes earlier. */
export const requiredBackupsExist: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const steps = stepsOf(draft);
    return steps.flatMap((step) => {
      const wanted = step.with.requireBackup;
      const earlier = steps.filter(
        ({ use, index, isKnown }) => index < step.index && (use === 'back-up-data' || !isKnown),
      );
      if (wanted === undefined || earlier.some(({ id }) => id === wanted)) return [];
      return {
        draft,
        path: [...step.path, 'with', 'requireBackup'],
        at: 'value',
        message: `no earlier back-up-data step is called ${wanted}`,
        suggestion: suggestName(
          wanted,
          earlier.flatMap(({ id }) => id ?? []),
        ),
      };
    });
  });

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

import { backupBucket } from '../fleet';
import { answers, type Promised } from '../story';

/** Nothing that may lose local data before the manifest of the backup that the playbook requires. */
export const backupFirst: Promised = {
  name: 'backup first',
  sentence: 'no answer without the verified backup that the playbook requires',
  watch: ({ cloud }) => ({
    act: ({ action, run, step }) => {
      if (!answers.includes(action) || run === undefined) return undefined;
      const steps = [...run.plan.steps, ...(run.plan.ladder ?? [])];
      const required = steps.find(({ id }) => id === step)?.parameters['requireBackup'];
      if (required === undefined) return undefined;
      const manifest = `local-disk/${run.plan.target.instanceId}/${run.id}/manifest.txt`;
      return cloud.buckets.get(backupBucket)?.has(manifest)
        ? undefined
        : `${action} for ${run.id} without ${manifest}`;
    },
  }),
};

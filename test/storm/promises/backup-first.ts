import { localDisks } from '../../../simulator/ecs/local-disks';
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
      const instance = cloud.instances.get(run.plan.target.instanceId);
      // A move without local disks loses nothing.
      if (action === 'RedeployInstance' && instance !== undefined && localDisks(instance).length === 0) {
        return undefined;
      }
      const manifest = `local-disk/${run.plan.target.instanceId}/${run.id}/manifest.txt`;
      const saved = cloud.buckets.get(backupBucket)?.get(manifest)?.content.toString();
      if (saved === undefined) return `${action} for ${run.id} without ${manifest}`;
      const missing = [...(instance?.files.keys() ?? [])].find(
        (file) => file.startsWith(savedFolder) && !saved.includes(` ${file}\n`),
      );
      return missing && `${action} for ${run.id}, and ${manifest} does not name ${missing}`;
    },
  }),
};

const savedFolder = '/data1/app-state/';

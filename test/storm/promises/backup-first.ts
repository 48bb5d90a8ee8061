import { localDisks } from '../../../simulator/ecs/local-disks';
import { dataOf, manifestOf, unsavedIn } from '../saved-data';
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
      const manifest = manifestOf(cloud, run);
      if (manifest === undefined) return `${action} for ${run.id} without a manifest`;
      const missing = instance && unsavedIn(manifest, dataOf(instance));
      return missing && `${action} for ${run.id}, and its manifest does not name ${missing} as it is`;
    },
  }),
};

import { snapshotStatus } from '../../../simulator/ecs/snapshots/progress';
import { answers, type Promised } from '../story';

/** A restart under a snapshot spoils it. */
export const snapshotsFirst: Promised = {
  name: 'snapshots first',
  sentence: 'no answer while a snapshot that the playbook requires is being made',
  watch: ({ cloud }) => ({
    act: ({ at, action, run }) => {
      if (!answers.includes(action) || run === undefined || run.skipped) return undefined;
      const required = run.plan.steps.some(
        ({ use, onFail }) => use === 'snapshot-disks' && onFail !== 'continue',
      );
      if (!required) return undefined;
      const unfinished = [...cloud.snapshots.values()].find(
        (snapshot) => snapshot.name.includes(run.id) && snapshotStatus(cloud, snapshot, at) === 'progressing',
      );
      return unfinished && `${action} for ${run.id} while ${unfinished.id} is being made`;
    },
  }),
};

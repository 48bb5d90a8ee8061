import { settleMounts } from '../../../simulator/ecs/guest/mounts';
import type { FileContent } from '../../../simulator/core/instance';
import type { Instance } from '../../../simulator/core/world';
import { manifestOf, missingFrom } from '../saved-data';
import type { Promised, RunView, Story } from '../story';

/** Whoever gets traffic back after a backup and a restore has every byte that was saved, where it was. */
export const sameBytes: Promised = {
  name: 'same bytes',
  sentence: 'traffic comes back only behind the same bytes under the same paths',
  watch: (story) => ({
    act: ({ action, run, weights }) => {
      if (run === undefined || !weights.some(({ weight, before }) => weight > before)) return undefined;
      const lacking = lackingAfter(run, story);
      return lacking && `${action} for ${run.id}, and ${lacking}`;
    },
    line: ({ run, data }) => {
      if (run === undefined || data['state'] === undefined) return undefined;
      const { phase } = run.state;
      if (phase.kind !== 'ended' || phase.outcome !== 'done') return undefined;
      const lacking = lackingAfter(run, story);
      return lacking && `${run.id} is done, and ${lacking}`;
    },
  }),
};

/** A saved file that is not there; of a step that a person skipped, nothing is asked. */
function lackingAfter(run: RunView, { cloud, now }: Story): string | undefined {
  if (run.skipped || !run.plan.steps.some(({ use }) => use === 'restore-data')) return undefined;
  const instance = cloud.instances.get(run.plan.target.instanceId);
  const manifest = manifestOf(cloud, run);
  if (instance === undefined || manifest === undefined) return undefined;
  return missingFrom(manifest, mountedFiles(instance, now()));
}

/** What a program inside the instance sees. */
function mountedFiles(instance: Instance, at: number): ReadonlyMap<string, FileContent> {
  settleMounts(instance, at);
  return instance.files;
}

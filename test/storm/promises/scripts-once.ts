import { scriptLog } from '../local-data';
import type { Promised } from '../story';

/** A script of a playbook runs once, however often the run is carried on, unless a person lets it run again. */
export const scriptsOnce: Promised = {
  name: 'scripts once',
  sentence: 'a script runs once in a run and round, and once when it is put back',
  watch: ({ cloud, runs }) => {
    const retried = new Set<string>();
    return {
      line: ({ run, data }) => {
        if (data.kind !== 'signal' || run === undefined) return;
        if ((data['signal'] as { kind: string }).kind === 'retry') retried.add(run.id);
      },
      step: () => {
        for (const instance of cloud.instances.values()) {
          const lines = String(instance.files.get(scriptLog) ?? '').split('\n');
          const repeated = lines.find((line, at) => line !== '' && lines.indexOf(line) !== at);
          const [id = ''] = repeated?.split(' ') ?? [];
          if (repeated === undefined || retried.has(id) || (runs.get(id)?.state.round ?? 1) > 1) continue;
          return `${instance.id} has run twice: ${repeated}`;
        }
        return undefined;
      },
    };
  },
};

import type { Session } from '../../simulator/ecs/assistant/session';
import { runScript, type Shell } from '../../simulator/ecs/assistant/shell';
import type { FleetInput } from '../../simulator/fleet/schema';
import { Playbook } from '../../src/playbook/configuration';
import type { Chance } from './chance';
import { dataFolder, localDisk } from './fleet';
import type { Timetable } from './playbooks';
import { countsConnections, quickShell } from './quick-shell';

/** Each script of a playbook leaves a line here whenever it runs. */
export const scriptLog = '/var/log/failover-scripts';

/**
 * In one of five of the stories of every kind, what is done inside the instance is done for real: disks are formatted,
 * files copied and loaded. The shell that does it takes most of the time of such a story.
 */
export function tellsOfLocalData(seed: number): boolean {
  return seed % 25 === 10;
}

/** Nearly every member has a local disk with files of many sorts; some of the disks cannot be read everywhere. */
export function withLocalData(chance: Chance, fleet: FleetInput): FleetInput {
  const instances = fleet.instances?.map((one) => {
    if (chance.happens(0.1)) return one;
    const files = drawFiles(chance);
    const failing = chance.happens(0.2) ? [chance.pick(Object.keys(files))] : [];
    const sizeGiB = chance.pick([100, 200]);
    return {
      ...one,
      ramRole: chance.happens(0.97) ? 'backup-writer' : 'another-role',
      files: { ...files, '/etc/hostname': `${one.name}\n` },
      disks: [{ ...localDisk, sizeGiB, failing }],
    };
  });
  return { ...fleet, instances };
}

function drawFiles(chance: Chance): Record<string, string> {
  const name = (n: number) => chance.pick([`${n}.json`, `shard ${n}.bin`, `old/${n}.log`, `.hidden-${n}`]);
  return Object.fromEntries(
    Array.from({ length: chance.between(1, 4) }, (_item, n) => [
      `${dataFolder}/${name(n)}`,
      `${chance.between(0, 1_000_000)}\n`.repeat(chance.between(1, 40)),
    ]),
  );
}

/** What no shipped playbook has: scripts, of which some fail when disks are unmounted already, and snapshots. */
export function withScripts(chance: Chance, { configuration, ...times }: Timetable): Timetable {
  const playbooks = configuration.playbooks.map((playbook) => {
    const { name, owner } = playbook.metadata;
    if (owner === 'storm') return name === 'planned-restart' ? withQuiesce(chance, playbook) : playbook;
    return withLastWord(chance, playbook);
  });
  return { ...times, configuration: { ...configuration, playbooks } };
}

type Step = Playbook['spec']['steps'][number];

/** A script that is put back, and often snapshots just before the instance is touched. */
function withQuiesce(chance: Chance, playbook: Playbook): Playbook {
  const quiesce = script('quiesce', chance.happens(0.1) ? 4 : 0);
  const snapshots = stepOf({
    id: 'pictures',
    use: 'snapshot-disks',
    with: { atMost: '20m' },
    ...(chance.happens(0.3) && { onFail: 'continue' }),
  });
  const pictures = chance.happens(0.6) ? [snapshots] : [];
  const at = playbook.spec.steps.findIndex(({ commit }) => commit);
  return withSteps(playbook, (steps) => [quiesce, ...steps.slice(0, at), ...pictures, ...steps.slice(at)]);
}

/** Behind the unmounting a script has the last word, and may say no. */
function withLastWord(chance: Chance, playbook: Playbook): Playbook {
  const lastWord = script('last-word', chance.happens(0.3) ? 4 : 0);
  return withSteps(playbook, (steps) =>
    steps.flatMap((step) => (step.use === 'release-disks' ? [step, lastWord] : [step])),
  );
}

function withSteps(playbook: Playbook, change: (steps: readonly Step[]) => Step[]): Playbook {
  return { ...playbook, spec: { ...playbook.spec, steps: change(playbook.spec.steps) } };
}

/** It leaves a line in the script log, and another when it is put back. */
function script(id: string, exitCode: number): Step {
  const say = (word: string) => `echo "$FAILOVER_RUN ${word}" >> ${scriptLog}`;
  return stepOf({
    id,
    use: 'run-script',
    with: {
      run: `${say(id)}; exit ${exitCode}`,
      timeout: '60s',
      undo: { run: say(`${id}-undone`), timeout: '60s' },
    },
  });
}

/** A step as a playbook's file has it, read as such. */
function stepOf(written: object): Step {
  const { spec } = Playbook.parse({
    apiVersion: 'failover/v1',
    kind: 'Playbook',
    metadata: { name: 'scripts', owner: 'storm' },
    spec: {
      match: { events: ['SystemMaintenance.Reboot'], pools: ['web'] },
      timing: { calendar: 'hours', finishBefore: 'planned - 20m', maxRun: '20m' },
      steps: [written, { id: 'restart', use: 'answer-event', commit: true, with: { atMost: '10m' } }],
    },
  });
  return spec.steps[0]!;
}

export interface RealShell {
  readonly shell: Shell;
  /** True while a script is being carried out. */
  readonly isBusy: () => boolean;
}

/** Carries scripts out for real, one after another, so that the same seed tells the same story. */
export function openRealShell(): RealShell {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = async (before: Promise<unknown>, work: () => ReturnType<Shell>) => {
    await before;
    return work();
  };
  const shell: Shell = (session: Session, script, how) => {
    if (countsConnections(script)) return quickShell(session, script, how);
    waiting += 1;
    const result = inTurn(last, () => runScript(session, script, how)).finally(() => {
      waiting -= 1;
    });
    last = result.catch(() => undefined);
    return result;
  };
  return { shell, isBusy: () => waiting > 0 };
}

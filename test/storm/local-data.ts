import type { Session } from '../../simulator/ecs/assistant/session';
import { runScript, type Shell } from '../../simulator/ecs/assistant/shell';
import type { FleetInput } from '../../simulator/fleet/schema';
import { Playbook } from '../../src/playbook/configuration';
import type { Chance } from './chance';
import { dataFolder } from './fleet';
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
    const size = chance.pick([100, 200]);
    const local = { category: 'local_ssd_pro', kind: 'data' as const, sizeGiB: size, device: '/dev/vdb' };
    return {
      ...one,
      ramRole: chance.happens(0.97) ? 'backup-writer' : 'another-role',
      files: { ...files, '/etc/hostname': `${one.name}\n` },
      disks: [{ ...local, mountPoint: '/data1', failing }],
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

/** What no shipped playbook has, put into the drawn ones: a script that is put back, and snapshots. */
export function withScripts(chance: Chance, { configuration, ...times }: Timetable): Timetable {
  const playbooks = configuration.playbooks.map((playbook) =>
    playbook.metadata.owner === 'storm' && playbook.metadata.name === 'planned-restart'
      ? withScript(chance, playbook)
      : playbook,
  );
  return { ...times, configuration: { ...configuration, playbooks } };
}

function withScript(chance: Chance, playbook: Playbook): Playbook {
  const say = (word: string) => `echo "$FAILOVER_RUN ${word}" >> ${scriptLog}`;
  const fails = chance.happens(0.1) ? '; exit 4' : '';
  const { steps } = Playbook.parse({
    ...asWritten,
    spec: {
      ...asWritten.spec,
      steps: [
        {
          id: 'quiesce',
          use: 'run-script',
          with: {
            run: `${say('quiesce')}${fails}`,
            timeout: '60s',
            undo: { run: say('resume'), timeout: '60s' },
          },
        },
        ...(chance.happens(0.5)
          ? [
              {
                id: 'pictures',
                use: 'snapshot-disks',
                with: { atMost: '20m' },
                ...(chance.happens(0.5) && { onFail: 'continue' }),
              },
            ]
          : []),
        ...asWritten.spec.steps,
      ],
    },
  }).spec;
  const own = steps.filter(({ id }) => id !== 'restart');
  const { spec } = playbook;
  return { ...playbook, spec: { ...spec, steps: [...own, ...spec.steps] } };
}

/** The least that is a playbook. */
const asWritten = {
  apiVersion: 'failover/v1',
  kind: 'Playbook',
  metadata: { name: 'scripts', owner: 'storm' },
  spec: {
    match: { events: ['SystemMaintenance.Reboot'], pools: ['web'] },
    timing: { calendar: 'hours', finishBefore: 'planned - 20m', maxRun: '20m' },
    steps: [{ id: 'restart', use: 'answer-event', commit: true, with: { atMost: '10m' } }],
  },
};

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

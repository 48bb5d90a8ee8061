import type { Reach } from '../../../src/steps/define-step';
import { inWords, minuteMs, moveOf, sceneOf, t0 } from '../at-a-scene';

const disk = {
  mountPoint: '/data1',
  kind: 'disk',
  filesystem: 'ext4',
  options: 'defaults',
  bytes: 959_925_190_656,
  mode: '755',
  uid: '0',
  gid: '0',
};
const saved = {
  manifest: 'oss://failover-backups/local-disk/i-1/run-1/manifest.txt',
  checksum: 'a'.repeat(64),
  files: 2,
  disks: [disk],
};
const ended = (more: object = {}) => ({
  attempt: 0,
  command: {
    invokeId: 't-1',
    finished: true,
    succeeded: true,
    status: 'Success',
    errorCode: '',
    output: 'failover-files=2\n',
    ...more,
  },
});
const running = ended({ finished: false, succeeded: false, status: 'Running', startedAt: t0 });
const failed = ended({ succeeded: false, status: 'Failed', errorCode: 'ExitCodeNonzero' });
const unreached = (finishedAt: number) =>
  ended({ succeeded: false, status: 'Aborted', errorCode: 'ClientNotRunning', finishedAt });

const parameters = {
  'release-disks': { from: 'save', atMostMs: 5 * minuteMs },
  'prepare-disks': { from: 'save', atMostMs: 15 * minuteMs },
  'restore-data': {
    from: 'save',
    paths: ['/data1/app-state'],
    role: 'backup-writer',
    endpoint: 'oss-cn-hangzhou-internal.aliyuncs.com',
    onMissing: 'proceed',
    atMostMs: 10 * minuteMs,
  },
} as const;
type Use = keyof typeof parameters;

const judge = (use: Use, seen: object, scene: object = {}, more: object = {}) =>
  moveOf(use).judge(seen, { ...parameters[use], ...more }, sceneOf({ allFacts: { save: saved }, ...scene }));

const nothing = { attempt: 0 };

describe.each<[Use, string]>([
  ['release-disks', 'disks-not-released'],
  ['prepare-disks', 'disks-not-prepared'],
  ['restore-data', 'restore-failed'],
])('%s', (use, code) => {
  it.each<[string, object, object, string]>([
    ['sends its command', nothing, {}, 'needed'],
    ['waits for it', running, {}, 'pending 15s'],
    ['does not wait for ever', running, { now: t0 + 60 * minuteMs }, `impossible ${code}`],
    ['is done with it', ended(), {}, 'done'],
    ['fails with it', failed, { facts: { begunAt: t0 } }, `impossible ${code}`],
    [
      'runs once more when a person lets the run go on',
      failed,
      { facts: { begunAt: t0 - minuteMs } },
      'needed',
    ],
    ['gives an agent that is not up yet a moment', unreached(t0 + minuteMs), {}, 'pending 30s'],
    ['then sends it again', unreached(t0), {}, 'needed'],
    ['and gives it up at last', unreached(t0), { now: t0 + 16 * minuteMs }, `impossible ${code}`],
  ])('%s', (_name, seen, scene, expected) => {
    const { now } = sceneOf(scene);
    expect(inWords(judge(use, seen, scene), now)).toBe(expected);
  });
});

describe('what works by a backup', () => {
  it.each<[Use, object, string]>([
    ['release-disks', {}, 'done'],
    ['prepare-disks', {}, 'impossible no-recipe'],
    ['restore-data', {}, 'impossible no-backup'],
    ['restore-data', { save: { ...saved, files: 3 } }, 'impossible restore-failed'],
  ])('%s looks at what that remembers (C45)', (use, allFacts, expected) => {
    expect(inWords(judge(use, ended(), { allFacts }))).toBe(expected);
  });

  it.each<[string, object, string]>([
    ['proceed', {}, 'done'],
    ['ask', {}, 'impossible files-missing, hold'],
    ['ask', { facts: { askedAt: t0 - minuteMs } }, 'done'],
  ])(
    'restores what there is where files are missing and the playbook says %s',
    (onMissing, scene, expected) => {
      const allFacts = { save: { ...saved, failed: 1 } };
      expect(inWords(judge('restore-data', ended(), { allFacts, ...scene }, { onMissing }))).toBe(expected);
    },
  );

  it('has its disks mounted again when the release is put back, once the release has ended', async () => {
    const move = moveOf('release-disks', 'undo');
    const scene = sceneOf({ stepId: 'release', allFacts: { save: saved } });
    const judged = (before: object, back: object) =>
      inWords(move.judge({ before, back }, parameters['release-disks'], scene));
    expect(judged(nothing, nothing)).toBe('done');
    expect(judged(running, nothing)).toBe('pending 15s');
    expect(judged(ended(), nothing)).toBe('needed');
    expect(judged(ended(), ended())).toBe('done');
    const sent: string[] = [];
    const cloud = {
      commands: { run: async ({ name }: { name: string }) => (sent.push(name), { invokeId: 't-2' }) },
    };
    const seen = { before: ended(), back: nothing };
    await move.act(parameters['release-disks'], { cloud } as unknown as Reach, scene, seen);
    expect(sent).toEqual(['failover-run-1-release-undo']);
    expect(move.claim?.(seen, parameters['release-disks'], scene)).toEqual({
      undo: { attempt: 0, begunAt: t0 },
    });
  });
});

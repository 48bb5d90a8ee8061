import type { CommandState } from '../../../src/engine/ports';
import type { Reach } from '../../../src/steps/define-step';
import { eventThatIs, inWords, minuteMs, moveOf, sceneOf, t0 } from '../at-a-scene';

const parameters = {
  paths: ['/data1/app-state'],
  to: { bucket: 'failover-backups', prefix: 'local-disk/' },
  role: 'backup-writer',
  endpoint: 'oss-cn-hangzhou-internal.aliyuncs.com',
  atMostMs: 10 * minuteMs,
};
const manifest =
  `${'a'.repeat(64)} 7 /data1/app-state/index.json\n` +
  `${'b'.repeat(64)} 13 /data1/app-state/a "b" c.json\n`;
/** Of the manifest above. */
const checksum = '3438e791adb11a30ce3723993bd4fc8c2a26a8689596e24e566f88e34a0373da';
const emptyChecksum = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const saved = (output: string): CommandState => ({
  invokeId: 't-1',
  finished: true,
  succeeded: true,
  status: 'Success',
  exitCode: 0,
  errorCode: '',
  output,
});
const good = saved(`failover-files=2\nfailover-manifest=${checksum}\n`);
const failed = {
  ...saved('failover-failed=copy\n'),
  succeeded: false,
  status: 'Failed',
  errorCode: 'ExitCodeNonzero',
};

const judge = (seen: object, scene: object = {}) =>
  moveOf('back-up-data').judge(seen, parameters, sceneOf({ stepId: 'save', ...scene }));

describe('back-up-data', () => {
  it.each<[string, object, object, string]>([
    ['sends the command', {}, {}, 'needed'],
    ['comes too late when the provider acts', {}, { event: eventThatIs('Executing') }, 'done'],
    [
      'waits for a command under way, whatever the provider does',
      { command: { ...good, finished: false, succeeded: false } },
      { event: eventThatIs('Executing') },
      'pending 15s',
    ],
    ['is done with the manifest that the command wrote', { command: good, manifest }, {}, 'done'],
    ['believes no success without a manifest', { command: good }, {}, 'impossible backup-failed'],
    [
      'believes no other manifest',
      { command: good, manifest: manifest.replace(' 7 ', ' 8 ') },
      {},
      'impossible backup-failed',
    ],
    [
      'believes no manifest that was cut',
      { command: good, manifest: manifest.split('\n')[0] },
      {},
      'impossible backup-failed',
    ],
    [
      'believes no line without a checksum',
      { command: good, manifest: ' 7 /data1/app-state/index.json\n' },
      {},
      'impossible backup-failed',
    ],
    [
      'believes no output without the marks',
      { command: saved(''), manifest },
      {},
      'impossible backup-failed',
    ],
    [
      'saves an empty folder',
      { command: saved(`failover-files=0\nfailover-manifest=${emptyChecksum}\n`), manifest: '' },
      {},
      'done',
    ],
    ['fails with its command', { command: failed }, {}, 'impossible backup-failed'],
  ])('%s', (_name, seen, scene, expected) => {
    expect(inWords(judge(seen, scene))).toBe(expected);
  });

  it('remembers where the manifest is, and how much was saved', () => {
    expect(judge({ command: good, manifest })).toEqual({
      kind: 'done',
      note: '2 files, 20 bytes saved and verified',
      facts: {
        manifest: 'oss://failover-backups/local-disk/i-1/run-1/manifest.txt',
        checksum,
        files: 2,
        bytes: 20,
        disks: [],
      },
    });
  });

  it.each<[string, object, string]>([
    ['where the script stopped', failed, 'the backup ended Failed (copy)'],
    [
      "the cloud's code where the script could not say",
      { ...failed, output: '', status: 'Timeout', errorCode: 'ExecutionTimeout' },
      'the backup ended Timeout (ExecutionTimeout)',
    ],
  ])('tells %s', (_name, command, sentence) => {
    expect(judge({ command })).toMatchObject({ reason: { sentence } });
  });

  describe('when files could not be saved', () => {
    const partial = `${manifest}! unreadable /data1/app-state/bad one\n! copy /data1/app-state/changed\n`;
    const command = saved(
      'failover-files=2\nfailover-manifest=b5e487b897d5efb4729ff4fd2305295cbb2d84cbd721a270a1af407fec11f615\n',
    );
    const said =
      'could not be saved: /data1/app-state/bad one (cannot be read), /data1/app-state/changed (is not in OSS as it was); 2 files, 20 bytes saved and verified';
    const judged = (onPartial: string, scene: object = {}) =>
      moveOf('back-up-data').judge(
        { command, manifest: partial },
        { ...parameters, onPartial },
        sceneOf({ stepId: 'save', ...scene }),
      );

    it('abort fails the step, with their names (C44)', () => {
      expect(judged('abort')).toEqual({
        kind: 'impossible',
        reason: { code: 'backup-failed', sentence: said },
      });
    });

    it('ask holds the run until a person lets it go on (C44)', () => {
      const facts = { askedAt: t0 };
      expect(judged('ask')).toEqual({
        kind: 'impossible',
        reason: { code: 'backup-failed', sentence: said },
        then: 'hold',
        facts,
      });
      expect(judged('ask', { facts, since: t0 + minuteMs })).toMatchObject({
        kind: 'done',
        facts: { failed: 2 },
      });
    });

    it('proceed goes on, and people hear of it (C44)', () => {
      expect(judged('proceed')).toMatchObject({
        kind: 'done',
        notice: said,
        facts: { manifest: 'oss://failover-backups/local-disk/i-1/run-1/manifest.txt', files: 2, failed: 2 },
      });
    });
  });

  it.each<[string, object, string]>([
    ['fails while nobody says more', { begunAt: t0 }, 'impossible backup-failed'],
    ['runs again once a person lets the run go on', { begunAt: t0 - minuteMs }, 'needed'],
  ])('a command that failed %s', (_name, facts, expected) => {
    expect(inWords(judge({ command: failed, attempt: 0 }, { facts }))).toBe(expected);
  });

  it('names a command that follows a failed one anew, and before it is sent', async () => {
    const sent: string[] = [];
    const cloud = {
      commands: { run: async ({ name }: { name: string }) => (sent.push(name), { invokeId: 't-2' }) },
    };
    const scene = sceneOf({ stepId: 'save', facts: { attempt: 0, begunAt: t0 - minuteMs } });
    const seen = { command: failed, attempt: 0, attached: [] };
    expect(moveOf('back-up-data').claim?.(seen, parameters, scene)).toEqual({ attempt: 1, begunAt: t0 });
    await moveOf('back-up-data').act(parameters, { cloud } as unknown as Reach, scene, seen);
    expect(sent).toEqual(['failover-run-1-save-again1']);
  });

  it('names its command after run and step, and reads a manifest only after a success', async () => {
    const asked: unknown[] = [];
    const cloud = {
      commands: {
        find: async (...words: unknown[]) => {
          asked.push(words);
          return failed;
        },
      },
      disks: { of: async () => [] },
    };
    const scene = sceneOf({ stepId: 'save' });
    const seen = await moveOf('back-up-data').look(parameters, { cloud } as unknown as Reach, scene);
    expect([asked, seen]).toEqual([
      [['failover-run-1-save', 'i-1']],
      { attempt: 0, command: failed, attached: [] },
    ]);
  });
});

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { shippedConfiguration } from '../support/configuration';
import { shipped } from './tales/shipped';
import type { Report } from './tell-schedules';

const program = join(process.cwd(), 'node_modules/.cache/ecs-failover/tell-schedules.cjs');
const processes = 2;
/** How far apart the two deaths of a pair may lie, in outside calls. More takes longer: CRASH_WINDOW=10. */
const window = process.env['CRASH_WINDOW'] ?? '2';

/** Of a tale's schedules every so many, unless there is time for all. */
const everyOf = (some: number) => (process.env['CRASH_WINDOW'] === undefined ? some : 1);

/** The schedules are told by programs of their own, side by side: plain Node is several times faster than jest. */
async function tellAll(story: string, pairs: string, every = 1): Promise<readonly Report[]> {
  await build({
    entryPoints: ['test/crash/tell-schedules.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  const parts = Array.from({ length: processes }, async (_item, part) => {
    const told = await promisify(execFile)(
      process.execPath,
      [program, story, `${part}`, `${processes * every}`, pairs],
      {
        maxBuffer: 256 * 1024 * 1024,
      },
    );
    return JSON.parse(told.stdout) as Report;
  });
  return Promise.all(parts);
}

describe('the crash matrix', () => {
  it('writes the same to the cloud wherever the run is killed: before, after, and twice within a window (C74)', async () => {
    const reports = await tellAll('restart', window);
    const plain = reports[0]?.plain;
    expect(plain).toMatchObject({
      finished: true,
      outcome: 'done',
      answers: ['RebootInstance'],
      boots: 1,
      slotLines: ['waiting', 'taken', 'returned'],
      messagesLeft: 0,
    });
    expect(plain?.writes).toHaveLength(11);
    expect(reports.flatMap(({ differences }) => differences)).toEqual([]);
    const calls = reports[0]?.calls ?? 0;
    const tried = reports.reduce((sum, report) => sum + report.tried, 0);
    expect(calls).toBeGreaterThan(300);
    expect(tried).toBe(calls * (2 + Number(window)));
    process.stdout.write(`crash matrix: ${tried} schedules over ${calls} outside calls, none differs\n`);
  }, 900_000);

  it('lowers weights ahead and takes the rest in the same way wherever the run is killed (C41, C74)', async () => {
    const reports = await tellAll('soft drain', '1', everyOf(8));
    expect(reports[0]?.plain).toMatchObject({
      finished: true,
      outcome: 'done',
      answers: ['RebootInstance'],
      boots: 1,
      slotLines: ['waiting', 'taken', 'returned'],
      messagesLeft: 0,
    });
    expect(reports[0]?.plain.writes).toHaveLength(13);
    expect(reports.flatMap(({ differences }) => differences)).toEqual([]);
  }, 900_000);

  it('climbs a ladder in the same way wherever the run is killed (C60, C74)', async () => {
    const reports = await tellAll('ladder', '0', everyOf(8));
    expect(reports[0]?.plain).toMatchObject({
      finished: true,
      outcome: 'done',
      answers: ['RebootInstance', 'StopInstance', 'StartInstance', 'RedeployInstance'],
      boots: 3,
      slotLines: ['waiting', 'taken', 'returned'],
      messagesLeft: 0,
    });
    expect(reports.flatMap(({ differences }) => differences)).toEqual([]);
  }, 900_000);

  it.each([
    [
      'damaged disk',
      ['AcceptInquiredSystemEvent', 'RebootInstance', 'AcceptInquiredSystemEvent', 'RebootInstance'],
      2,
    ],
    ['pulled stop', ['ModifySystemEventAttribute', 'StartInstance'], 1],
  ])(
    'answers a %s in the same way wherever the run is killed (C74)',
    async (story, answers, boots) => {
      const reports = await tellAll(story, '0');
      expect(reports[0]?.plain).toMatchObject({
        finished: true,
        outcome: 'done',
        answers,
        boots,
        slotLines: ['waiting', 'taken', 'returned'],
        messagesLeft: 0,
      });
      expect(reports.reduce((sum, { tried }) => sum + tried, 0)).toBeGreaterThan(answers.length * 25);
      expect(reports.flatMap(({ differences }) => differences)).toEqual([]);
    },
    900_000,
  );

  it('runs each script once, and puts it back once, wherever the run is killed (C74)', async () => {
    const reports = await tellAll('scripts', '0');
    expect(reports[0]?.plain).toMatchObject({
      finished: true,
      outcome: 'undone',
      files: { '/tmp/scripts.log': 'stopped\nfailed\nstarted\n' },
      slotLines: ['waiting', 'taken', 'returned'],
      messagesLeft: 0,
    });
    expect(reports.reduce((sum, { tried }) => sum + tried, 0)).toBeGreaterThan(60);
    expect(reports.flatMap(({ differences }) => differences)).toEqual([]);
  }, 900_000);

  it('takes each snapshot once, wherever the run is killed or an answer is lost (C74)', async () => {
    const reports = await tellAll('snapshots', '0', everyOf(5));
    expect(reports[0]?.plain).toMatchObject({
      finished: true,
      outcome: 'done',
      answers: ['RebootInstance'],
      snapshots: [
        expect.stringMatching(/^d-bp1older00000000001 failover-run-\w+-keep$/),
        expect.stringMatching(/^d-bp1system0000000001 failover-run-\w+-keep$/),
      ],
    });
    expect(reports.flatMap(({ differences }) => differences)).toEqual([]);
  }, 900_000);
});

const taken = ['waiting', 'taken', 'returned'];
const atOnce = ['taken', 'returned'];
const accept = 'AcceptInquiredSystemEvent';
const data = {
  '/data1/app-state/index.json': '{"shard":2,"documents":51077}',
  '/data1/app-state/segments/000001.seg': '5c8e77 d10a segment one of web-2',
};
const member = { '/var/lib/cache/state': 'member\n' };
const standby = { '/var/lib/orders/role': 'standby\n' };

describe('the crash matrix of what is shipped, a part of the schedules unless CRASH_WINDOW is there', () => {
  it.each([
    ['planned-restart', ['RebootInstance'], taken, { outcome: 'done', boots: 1, files: data }, 17],
    [
      'planned-stop',
      ['ModifySystemEventAttribute', 'StartInstance'],
      taken,
      { outcome: 'done', boots: 1, files: data },
      17,
    ],
    ['planned-redeploy', ['RedeployInstance'], taken, { outcome: 'done', boots: 1, files: data }, 17],
    ['damaged-local-disk', [accept, accept], taken, { outcome: 'done', boots: 0, files: data }, 17],
    ['disk-stalled', [], taken, { outcome: 'done', boots: 0, files: data }, 9],
    ['instance-failure', [], atOnce, { outcome: 'done', files: data }, 9],
    ['system-failure', ['StartInstance'], atOnce, { outcome: 'done', files: data }, 9],
    ['spot-reclaim', [], atOnce, { outcome: 'done', files: {} }, 1],
    ['expiring-instances', [], [], { outcome: 'withdrawn', boots: 0, files: data }, 3],
    ['ordered-cluster', ['RebootInstance'], taken, { outcome: 'done', boots: 1, files: member }, 5],
    ['active-standby', ['RebootInstance'], taken, { outcome: 'done', boots: 1, files: standby }, 5],
    ['disk-by-redeploy', ['RedeployInstance'], taken, { outcome: 'done', boots: 1, files: data }, 17],
  ])(
    '%s leaves the same behind wherever its run is killed or an answer is lost (C74)',
    async (tale, answers, slotLines, expected, every) => {
      const reports = await tellAll(tale, '0', everyOf(every));
      expect(reports[0]?.plain).toMatchObject({
        finished: true,
        answers,
        slotLines,
        messagesLeft: 0,
        ...expected,
      });
      expect(reports.reduce((sum, { tried }) => sum + tried, 0)).toBeGreaterThan(8);
      expect(reports.flatMap(({ differences }) => differences)).toEqual([]);
    },
    900_000,
  );

  it('leaves no shipped playbook out', () => {
    const names = shippedConfiguration().playbooks.map(({ metadata }) => metadata.name);
    expect(names.toSorted()).toEqual(Object.keys(shipped).toSorted());
  });
});

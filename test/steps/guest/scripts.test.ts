import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { Bash } from 'just-bash';
import { runScript, type ShellResult } from '../../../simulator/ecs/assistant/shell';
import { buildWorld } from '../../../simulator/fleet/build';
import { backupScript, marks, quietScript, shellWord } from '../../../src/steps/guest/scripts';

const bucket = 'failover-retail';
const folder = `oss://${bucket}/local-disk/i-1/run-1/`;

/** Runs a script on an instance with these files; what it uploads lands in the bucket. */
async function run(
  script: string,
  instance: { files?: Record<string, string>; connections?: object; ramRole?: string } = {},
): Promise<ShellResult & { readonly uploaded: Readonly<Record<string, string>> }> {
  const world = buildWorld({
    otherBuckets: [bucket],
    instances: [
      {
        id: 'i-bp1web0000000000001',
        zone: 'cn-hangzhou-h',
        privateIp: '192.168.10.11',
        startedAt: '2026-10-02T03:04:05Z',
        ramRole: 'backup-writer',
        ...instance,
      },
    ],
  });
  const [server] = world.instances.values();
  if (server === undefined) throw new Error('the fleet has no instance');
  const session = { world, instance: server, startedAt: world.now, now: world.now };
  const result = await runScript(session, script, { timeoutSeconds: 600 });
  const objects = [...(world.buckets.get(bucket) ?? [])];
  const uploaded = Object.fromEntries(objects.map(([key, { content }]) => [key, content.toString()]));
  return { ...result, uploaded };
}

const backup = (paths: readonly string[], more: object = {}) =>
  backupScript({
    paths,
    folder,
    role: 'backup-writer',
    endpoint: 'oss-cn-hangzhou-internal.aliyuncs.com',
    ...more,
  });
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const prefix = 'local-disk/i-1/run-1';

describe('shellWord', () => {
  it('makes any text one word that the shell reads back as it was', async () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 20 });
    const texts = fc.array(
      fc.oneof(text, fc.constantFrom(`'`, `''`, `a'b"c`, '$(x) `y` \\', '-n', '*', ' ', '')),
      {
        minLength: 20,
        maxLength: 20,
      },
    );
    const bash = new Bash({ defenseInDepth: false });
    await fc.assert(
      fc.asyncProperty(texts, async (words) => {
        const { stdout } = await bash.exec(`printf '[%s]\\n' ${words.map(shellWord).join(' ')}`, {
          rawScript: true,
        });
        expect(stdout).toBe(words.map((word) => `[${word}]\n`).join(''));
      }),
      { numRuns: 15 },
    );
  });
});

describe('marks', () => {
  it.each<[string, string, object]>([
    ['finds key and value', 'failover-files=2\nfailover-manifest=ab\n', { files: '2', manifest: 'ab' }],
    ['leaves other lines out', 'Success: Total 2 file(s)\n xfailover-files=9\n', {}],
    ['takes the last of two', 'failover-files=1\nfailover-files=2', { files: '2' }],
    ['keeps an equals sign in the value', 'failover-failed=missing-/a=b\r\n', { failed: 'missing-/a=b' }],
  ])('%s', (_name, output, found) => {
    expect(marks(output)).toEqual(found);
  });
});

describe('the backup script', () => {
  it('copies the files and leaves a manifest with their checksums and sizes', async () => {
    const files = { '/data1/state/index.json': '{"n":1}', '/data1/state/orders/1.json': '{"paid":true}' };
    const { exitCode, output, uploaded } = await run(backup(['/data1/state']), { files });
    const manifest = uploaded[`${prefix}/manifest.txt`] ?? '';
    expect([exitCode, manifest.split('\n').sort()]).toEqual([
      0,
      [
        '',
        `${sha256('{"n":1}')} 7 /data1/state/index.json`,
        `${sha256('{"paid":true}')} 13 /data1/state/orders/1.json`,
      ].sort(),
    ]);
    expect(uploaded[`${prefix}/files/data1/state/index.json`]).toBe('{"n":1}');
    expect(uploaded[`${prefix}/files/data1/state/orders/1.json`]).toBe('{"paid":true}');
    expect(marks(output)).toEqual({ files: '2', manifest: sha256(manifest) });
  });

  it.each([
    'two words.txt',
    `it's.txt`,
    'a "quoted" name',
    '$HOME `id` $(id)',
    ' leading and trailing ',
    'back\\slash',
    '-rf',
  ])('manages a file named <%s>', async (name) => {
    const { exitCode, uploaded } = await run(backup(['/data1']), { files: { [`/data1/${name}`]: 'x' } });
    expect(exitCode).toBe(0);
    expect(uploaded[`${prefix}/manifest.txt`]).toBe(`${sha256('x')} 1 /data1/${name}\n`);
    expect(uploaded[`${prefix}/files/data1/${name}`]).toBe('x');
  });

  it('manages a path with blanks and quotes, and two paths', async () => {
    const files = { [`/data 1/it's/a`]: 'a', '/data2/b': 'b' };
    const { exitCode, output } = await run(backup([`/data 1/it's`, '/data2']), { files });
    expect([exitCode, marks(output)['files']]).toEqual([0, '2']);
  });

  it('takes a file for a path', async () => {
    const { exitCode, uploaded } = await run(backup(['/data1/one']), { files: { '/data1/one': '1' } });
    expect([exitCode, uploaded[`${prefix}/manifest.txt`]]).toEqual([0, `${sha256('1')} 1 /data1/one\n`]);
  });

  it('counts size in bytes', async () => {
    const { uploaded } = await run(backup(['/data1']), { files: { '/data1/a': '统计' } });
    expect(uploaded[`${prefix}/manifest.txt`]).toBe(`${sha256('统计')} 6 /data1/a\n`);
  });

  it('fails for a folder without files, as the mount point of a lost disk is', async () => {
    const { exitCode, output, uploaded } = await run(`mkdir -p /data1/empty\n${backup(['/data1/empty'])}`);
    expect([exitCode, marks(output), uploaded]).toEqual([10, { failed: 'empty-/data1/empty' }, {}]);
  });

  it('uploads nothing when a path is missing, and says which', async () => {
    const files = { '/data1/a': 'a' };
    const { exitCode, output, uploaded } = await run(backup(['/data1', '/data9/none']), { files });
    expect([exitCode, marks(output), uploaded]).toEqual([6, { failed: 'missing-/data9/none' }, {}]);
  });

  it('uploads nothing when a file cannot be read, and says which', async () => {
    const findsWhatIsGone = `find() { printf '%s\\n' /data1/a '/data1/gone away'; }\n`;
    const script = findsWhatIsGone + backup(['/data1']);
    const { exitCode, output, uploaded } = await run(script, { files: { '/data1/a': 'a' } });
    expect([exitCode, marks(output), uploaded]).toEqual([8, { failed: 'unreadable-/data1/gone away' }, {}]);
  });

  it('writes no manifest when the copy fails', async () => {
    const files = { '/data1/a': 'a' };
    const { exitCode, output, uploaded } = await run(backup(['/data1']), { files, ramRole: 'another-role' });
    expect([exitCode, marks(output)['failed'], uploaded]).toEqual([5, 'copy', {}]);
  });
});

describe('the quiet script', () => {
  const quiet = (more: object = {}) => quietScript({ below: 5, holdSeconds: 60, capSeconds: 600, ...more });
  const connections = (floor: number) => ({ perWeight: 0, halfLifeSeconds: 30, floor });

  it('ends well after the count was low for the hold', async () => {
    const { exitCode, output, elapsedMs } = await run(quiet(), { connections: connections(2) });
    expect([exitCode, elapsedMs, output]).toEqual([0, 60_000, '0s 2 connections\nfailover-connections=2\n']);
  });

  it('ends at once when there is nothing to hold', async () => {
    const { exitCode, elapsedMs } = await run(quiet({ holdSeconds: 0 }), { connections: connections(0) });
    expect([exitCode, elapsedMs]).toEqual([0, 0]);
  });

  it('ends with 3 at the cap', async () => {
    const { exitCode, output, elapsedMs } = await run(quiet(), { connections: connections(9) });
    expect([exitCode, elapsedMs, output]).toEqual([3, 600_000, '0s 9 connections\nfailover-connections=9\n']);
  });

  it('does not take the threshold itself for quiet', async () => {
    expect((await run(quiet(), { connections: connections(5) })).exitCode).toBe(3);
  });

  it('counts the hold anew when connections come back', async () => {
    const flickers = `ss() { if [ $(( $(date +%s) / 30 % 2 )) = 0 ]; then echo a; else printf 'a\\n%.0s' 1 2 3 4 5 6; fi; }\n`;
    const { exitCode, output } = await run(flickers + quiet());
    expect([exitCode, marks(output)['connections']]).toEqual([3, '1']);
  });
});

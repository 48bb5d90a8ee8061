import { createHash } from 'node:crypto';
import { backupScript, type BackupWords } from '../../../src/steps/data/backup-script';
import { marks } from '../../../src/steps/guest/scripts';
import { bucket, openGuest, type Guest } from '../guest/open-guest';

const folder = `oss://${bucket}/local-disk/i-1/run-1/`;
const prefix = 'local-disk/i-1/run-1';
const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');

const backup = (paths: readonly string[], more: Partial<BackupWords> = {}) =>
  backupScript({
    paths,
    folder,
    role: 'backup-writer',
    endpoint: 'oss-cn-hangzhou-internal.aliyuncs.com',
    include: [],
    exclude: [],
    id: 'run-1-save',
    ioErrors: 'fail',
    verify: 'sha256',
    megabytesPerSecond: 50,
    atMostSeconds: 600,
    cloudSerials: [],
    ...more,
  });

async function saved(script: string, instance: Parameters<typeof openGuest>[0] = {}) {
  const guest = openGuest(instance);
  const { exitCode, output } = await guest.run(script);
  return { exitCode, told: marks(output), uploaded: guest.uploaded(), guest };
}

const manifestOf = (uploaded: Guest['uploaded']) =>
  (uploaded()[`${prefix}/manifest.txt`] ?? '').split('\n').sort();

describe('the backup script', () => {
  it('copies the files and leaves a manifest with their checksums and sizes', async () => {
    const files = { '/data1/state/index.json': '{"n":1}', '/data1/state/orders/1.json': '{"paid":true}' };
    const { exitCode, told, uploaded, guest } = await saved(backup(['/data1/state']), { files });
    expect([exitCode, manifestOf(guest.uploaded)]).toEqual([
      0,
      [
        '',
        `${sha256('{"n":1}')} 7 /data1/state/index.json`,
        `${sha256('{"paid":true}')} 13 /data1/state/orders/1.json`,
      ].sort(),
    ]);
    expect(uploaded[`${prefix}/files/data1/state/index.json`]).toBe('{"n":1}');
    expect(uploaded[`${prefix}/files/data1/state/orders/1.json`]).toBe('{"paid":true}');
    const manifest = sha256(uploaded[`${prefix}/manifest.txt`] ?? '');
    expect(told).toMatchObject({ files: '2', unsaved: '0', manifest });
    expect(guest.file('/var/tmp/failover-run-1-save/manifest.txt')).toBeUndefined();
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
    const { exitCode, uploaded } = await saved(backup(['/data1']), { files: { [`/data1/${name}`]: 'x' } });
    expect(exitCode).toBe(0);
    expect(uploaded[`${prefix}/manifest.txt`]).toBe(`${sha256('x')} 1 /data1/${name}\n`);
    expect(uploaded[`${prefix}/files/data1/${name}`]).toBe('x');
  });

  it('manages a path with blanks and quotes, and two paths', async () => {
    const files = { [`/data 1/it's/a`]: 'a', '/data2/b': 'b' };
    const { exitCode, told } = await saved(backup([`/data 1/it's`, '/data2']), { files });
    expect([exitCode, told['files']]).toEqual([0, '2']);
  });

  it('takes a file for a path', async () => {
    const { exitCode, uploaded } = await saved(backup(['/data1/one']), { files: { '/data1/one': '1' } });
    expect([exitCode, uploaded[`${prefix}/manifest.txt`]]).toEqual([0, `${sha256('1')} 1 /data1/one\n`]);
    expect(uploaded[`${prefix}/files/data1/one`]).toBe('1');
  });

  it('saves bytes that are no text, and counts sizes in bytes', async () => {
    const bytes = Uint8Array.from([0, 255, 128, 10, 13, 200]);
    const files = { '/data1/a': '统计', '/data1/b': { base64: Buffer.from(bytes).toString('base64') } };
    const { guest } = await saved(backup(['/data1']), { files });
    expect(manifestOf(guest.uploaded)).toEqual(
      ['', `${sha256('统计')} 6 /data1/a`, `${sha256(bytes)} 6 /data1/b`].sort(),
    );
    const object = guest.world.buckets.get(bucket)?.get(`${prefix}/files/data1/b`);
    expect(object?.content.equals(bytes)).toBe(true);
  });

  it.each<[string, Partial<BackupWords>, readonly string[]]>([
    ['only what is included', { include: ['*.json', 'a?'] }, ['a1', 'x.json']],
    ['not what is excluded', { exclude: ['*.tmp', '[0-9]*'] }, ['a1', 'x.json']],
    ['what is included and not excluded', { include: ['*.*'], exclude: ['*.tmp'] }, ['x.json']],
  ])('saves %s, by the name of a file wherever it is', async (_name, words, names) => {
    const files = { '/data1/a1': '1', '/data1/deep/x.json': '2', '/data1/deep/y.tmp': '3', '/data1/7': '4' };
    const { uploaded } = await saved(backup(['/data1'], words), { files });
    const copied = Object.keys(uploaded).filter((key) => key.includes('/files/'));
    const listed = (uploaded[`${prefix}/manifest.txt`] ?? '').trim().split('\n');
    expect(copied.map((key) => key.split('/').at(-1)).sort()).toEqual(names);
    expect(listed.map((line) => line.split('/').at(-1)).sort()).toEqual(names);
  });

  it.each<[string, string, Partial<BackupWords>, object, number, string]>([
    ['a path is missing', '/data9/none', {}, {}, 6, 'missing-/data9/none'],
    [
      'a folder has no files, as the mount point of a lost disk',
      '/data1/empty',
      {},
      {},
      10,
      'empty-/data1/empty',
    ],
    ['a file cannot be read', '/data1', {}, { failing: ['/data1/a'] }, 8, 'unreadable-/data1/a'],
    ['the work folder would be saved too', '/var', {}, {}, 12, 'work-folder-in-/var'],
    [
      'it would take longer than it may',
      '/data1',
      { megabytesPerSecond: 1, atMostSeconds: 5 },
      {},
      11,
      'too-long: about 6 s for 1 files, 2000000 bytes',
    ],
    ['the role is another', '/data1', { role: 'another-role' }, {}, 5, 'copy'],
  ])('uploads nothing when %s, and says so', async (_name, path, words, disk, code, word) => {
    const disks = [{ device: '/dev/xvdb', category: 'local_ssd_pro', mountPoint: '/data1', ...disk }];
    const files = { '/data1/a': 'a'.repeat(2_000_000), '/var/log/messages': 'x' };
    const script = `mkdir -p /data1/empty\n${backup([path], words)}`;
    const { exitCode, told, uploaded } = await saved(script, { files, disks });
    expect([exitCode, told['failed'], uploaded]).toEqual([code, word, {}]);
  });

  it('saves what a failing disk still gives, and names exactly what it does not (C44)', async () => {
    const failing = ['/data1/b', '/data1/deep/d e'];
    const disks = [{ device: '/dev/xvdb', category: 'local_ssd_pro', mountPoint: '/data1', failing }];
    const files = { '/data1/a': 'a', '/data1/b': 'b', '/data1/deep/c': 'c', '/data1/deep/d e': 'd' };
    const script = backup(['/data1'], { ioErrors: 'recordAndContinue' });
    const { exitCode, told, uploaded, guest } = await saved(script, { files, disks });
    expect(manifestOf(guest.uploaded)).toEqual(
      [
        '',
        '! unreadable /data1/b',
        '! unreadable /data1/deep/d e',
        `${sha256('a')} 1 /data1/a`,
        `${sha256('c')} 1 /data1/deep/c`,
      ].sort(),
    );
    expect([exitCode, told['files'], told['unsaved']]).toEqual([0, '2', '2']);
    expect(uploaded[`${prefix}/files/data1/deep/c`]).toBe('c');
  });

  it('copies only what is missing when it is tried again', async () => {
    const files = { '/data1/a': 'a', '/data1/b': 'b' };
    const guest = openGuest({ files });
    await guest.run(backup(['/data1'], { verify: 'crc64' }));
    const copiedAt = () => guest.world.buckets.get(bucket)?.get(`${prefix}/files/data1/a`)?.modifiedAt;
    const first = copiedAt();
    guest.world.now += 60_000;
    guest.instance.files.set('/data1/c', 'c');
    const { exitCode, output } = await guest.run(backup(['/data1'], { verify: 'crc64' }));
    expect([exitCode, marks(output)['files'], copiedAt()]).toEqual([0, '3', first]);
    expect(guest.uploaded()[`${prefix}/files/data1/c`]).toBe('c');
  });

  it('records how the local disks are mounted, and no other', async () => {
    const disks = [
      { device: '/dev/xvdb', category: 'local_ssd_pro', mountPoint: '/data1', sizeGiB: 894 },
      {
        device: '/dev/xvdc',
        category: 'local_ssd_pro',
        mountPoint: '/data2',
        filesystem: 'xfs' as const,
        partitioned: true,
      },
      { device: '/dev/xvdd', category: 'cloud_essd', mountPoint: '/logs', id: 'd-bp1cloud' },
      { device: '/dev/xvde', category: 'local_ssd_pro' },
    ];
    const files = { '/data1/a': 'a', '/data2/b': 'b', '/logs/l': 'l' };
    const { uploaded } = await saved(backup(['/data1'], { cloudSerials: ['bp1cloud'] }), { files, disks });
    expect(uploaded[`${prefix}/disks.txt`]).toBe(
      '/data1\tdisk\text4\tdefaults,nofail\t959925190656\t755\t1000\t1000\n' +
        '/data2\tpart\txfs\tdefaults,nofail\t42949672960\t755\t1000\t1000\n',
    );
  });
});

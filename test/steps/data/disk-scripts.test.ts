import { backupScript } from '../../../src/steps/data/backup-script';
import { mountScript, prepareScript, releaseScript } from '../../../src/steps/data/disk-scripts';
import { readRecipe, type MountedDisk } from '../../../src/steps/data/recipe';
import { restoreScript } from '../../../src/steps/data/restore-script';
import { marks } from '../../../src/steps/guest/scripts';
import { emptyLocalDisks } from '../../../simulator/ecs/local-disks';
import { bucket, openGuest, type Guest } from '../guest/open-guest';

const folder = `oss://${bucket}/local-disk/i-1/run-1/`;
const access = { role: 'backup-writer', endpoint: 'oss-cn-hangzhou-internal.aliyuncs.com', folder };
const bytes = Uint8Array.from([0, 1, 2, 255, 254, 10, 13, 0, 200]);
const files = {
  '/data1/state/index.json': '{"n":1}',
  '/data1/state/segment 1': { base64: Buffer.from(bytes).toString('base64') },
  '/data2/log': 'log',
  '/srv/note': 'on the system disk',
};
const disks = [
  { device: '/dev/xvdb', category: 'local_ssd_pro', mountPoint: '/data1', sizeGiB: 894 },
  {
    device: '/dev/xvdc',
    category: 'local_ssd_pro',
    mountPoint: '/data2',
    sizeGiB: 894,
    filesystem: 'xfs' as const,
    partitioned: true,
  },
  { device: '/dev/xvdd', category: 'cloud_essd', sizeGiB: 894, id: 'd-bp1empty' },
];
const cloudSerials = ['bp1empty'];

async function backedUp(): Promise<
  Guest & { readonly recipe: readonly MountedDisk[]; readonly checksum: string }
> {
  const guest = openGuest({ files, disks });
  const paths = ['/data1/state', '/data2'];
  const script = backupScript({
    ...access,
    paths,
    include: [],
    exclude: [],
    id: 'run-1-save',
    ioErrors: 'fail',
    verify: 'crc64',
    megabytesPerSecond: 50,
    atMostSeconds: 600,
    cloudSerials,
  });
  const told = marks((await guest.run(script)).output);
  const recipe = readRecipe(guest.uploaded()['local-disk/i-1/run-1/disks.txt'] ?? '') ?? [];
  return { ...guest, recipe, checksum: told['manifest'] ?? '' };
}

const restore = (checksum: string) =>
  restoreScript({
    ...access,
    paths: ['/data1/state', '/data2'],
    checksum,
    mountPoints: ['/data1', '/data2'],
    id: 'run-1-load',
  });

async function told(guest: Guest, script: string) {
  const { exitCode, output } = await guest.run(script);
  return { exitCode, ...marks(output) };
}

describe('a local disk that came back empty', () => {
  it('is formatted and mounted as it was, and has the same bytes under the same paths (C45)', async () => {
    const { recipe, checksum, ...guest } = await backedUp();
    emptyLocalDisks(guest.instance, guest.world.now);
    expect(guest.file('/data1/state/index.json')).toBeUndefined();
    const prepared = await told(guest, prepareScript({ disks: recipe, cloudSerials, id: 'run-1' }));
    expect(prepared).toEqual({ exitCode: 0, prepared: '2' });
    expect(await told(guest, restore(checksum))).toMatchObject({ exitCode: 0, files: '3' });
    expect(guest.file('/data1/state/index.json')).toBe('{"n":1}');
    expect(guest.file('/data1/state/segment 1')).toEqual(bytes);
    expect(guest.file('/data2/log')).toBe('log');
    const [, one, two, cloud] = guest.instance.disks;
    expect(one?.guest).toMatchObject({ mountedAt: '/data1', filesystem: { type: 'ext4' } });
    expect(two?.guest).toMatchObject({ mountedAt: '/data2', filesystem: { type: 'xfs' } });
    expect(two?.guest.partition).toMatch(/^failover-[0-9a-f]{12}$/);
    expect(cloud?.guest.filesystem).toBeUndefined();
    const uuids = [one, two].map((disk) => disk?.guest.filesystem?.uuid);
    expect(String(guest.file('/etc/fstab')).split('\n').slice(1)).toEqual([
      `UUID=${uuids[0]} /data1 ext4 defaults,nofail 0 2`,
      `UUID=${uuids[1]} /data2 xfs defaults,nofail 0 2`,
      '',
    ]);
  });

  it('is prepared once: a second try finds what the first has made, wherever that stopped', async () => {
    const { recipe, ...guest } = await backedUp();
    emptyLocalDisks(guest.instance, guest.world.now);
    const script = prepareScript({ disks: recipe, cloudSerials, id: 'run-1' });
    for (const stopped of ['mkfs.xfs', 'mount']) {
      expect((await told(guest, `${stopped}() { return 1; }\n${script}`)).exitCode).not.toBe(0);
    }
    expect((await told(guest, script)).exitCode).toBe(0);
    const uuids = guest.instance.disks.map((disk) => disk.guest.filesystem?.uuid);
    expect((await told(guest, script)).exitCode).toBe(0);
    expect(guest.instance.disks.map((disk) => disk.guest.filesystem?.uuid)).toEqual(uuids);
  });

  it('is left alone while it still carries what it carried', async () => {
    const { recipe, checksum, ...guest } = await backedUp();
    const before = guest.instance.disks.map((disk) => disk.guest.filesystem?.uuid);
    expect((await told(guest, prepareScript({ disks: recipe, cloudSerials, id: 'run-1' }))).exitCode).toBe(0);
    expect(guest.instance.disks.map((disk) => disk.guest.filesystem?.uuid)).toEqual(before);
    guest.instance.files.set('/data2/log', 'written since');
    expect(await told(guest, restore(checksum))).toMatchObject({
      exitCode: 10,
      failed: 'changed-since-/data2/log',
    });
    expect(guest.file('/data2/log')).toBe('written since');
  });

  it('is not replaced by a disk of another size, of the cloud, or with anything on it', async () => {
    const { recipe, ...guest } = await backedUp();
    const [, one] = guest.instance.disks;
    emptyLocalDisks(guest.instance, guest.world.now);
    one!.isolated = true;
    const [first] = recipe;
    const script = prepareScript({ disks: recipe, cloudSerials, id: 'run-1' });
    // The one empty disk of that size is taken for the first mount point; nothing is left for the second.
    expect(await told(guest, script)).toMatchObject({ exitCode: 6, failed: 'no-empty-disk-for-/data2' });
    expect(first?.mountPoint).toBe('/data1');
    expect(guest.instance.disks[3]?.guest.filesystem).toBeUndefined();
  });

  it('gets nothing while it is not mounted, or from another manifest', async () => {
    const { checksum, ...guest } = await backedUp();
    emptyLocalDisks(guest.instance, guest.world.now);
    expect(await told(guest, restore(checksum))).toMatchObject({ exitCode: 7, failed: 'not-mounted-/data1' });
    expect(await told(guest, restore('0'.repeat(64)))).toMatchObject({
      exitCode: 6,
      failed: 'manifest-differs',
    });
    expect(guest.file('/data1/state/index.json')).toBeUndefined();
  });
});

describe('a backup of one file', () => {
  it('is restored as that file', async () => {
    const guest = openGuest({ files: { '/data1/one': '1' } });
    const words = { ...access, paths: ['/data1/one'], id: 'run-1-one' };
    const backup = backupScript({
      ...words,
      include: [],
      exclude: [],
      ioErrors: 'fail',
      verify: 'crc64',
      megabytesPerSecond: 50,
      atMostSeconds: 600,
      cloudSerials: [],
    });
    const { manifest = '' } = marks((await guest.run(backup)).output);
    guest.instance.files.delete('/data1/one');
    const loaded = await told(guest, restoreScript({ ...words, checksum: manifest, mountPoints: [] }));
    expect([loaded, guest.file('/data1/one')]).toEqual([
      expect.objectContaining({ exitCode: 0, files: '1' }),
      '1',
    ]);
  });
});

describe('a disk that is released', () => {
  it('is unmounted, can be missing at the next boot, and comes back when the release is undone', async () => {
    const fstab = '# local\nUUID=0 / ext4 defaults 1 1\n/dev/vdb /data1 ext4 defaults,barrier=0 0 0\n';
    const guest = openGuest({ files: { ...files, '/etc/fstab': fstab }, disks });
    expect(await told(guest, releaseScript(['/data1']))).toEqual({ exitCode: 0, released: '1' });
    expect(guest.file('/data1/state/index.json')).toBeUndefined();
    expect(guest.file('/etc/fstab')).toBe(
      '# local\nUUID=0 / ext4 defaults 1 1\n/dev/vdb /data1 ext4 defaults,barrier=0,nofail 0 0\n',
    );
    expect(guest.file('/etc/fstab.failover')).toBe(fstab);
    expect((await told(guest, releaseScript(['/data1']))).exitCode).toBe(0);
    expect(await told(guest, mountScript(['/data1']))).toEqual({ exitCode: 0, mounted: '1' });
    expect(guest.file('/data1/state/index.json')).toBe('{"n":1}');
    expect(guest.file('/data1/state/segment 1')).toEqual(bytes);
  });
});

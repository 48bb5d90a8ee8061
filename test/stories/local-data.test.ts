import type { FleetInput } from '../../simulator/fleet/schema';
import { preview } from '../../src/engine/preview';
import { tell } from '../../src/engine/tell';
import { back, configurationOf, drain } from '../support/playbook-text';
import { exampleFleet, nothingLeft, once, openStory, web2, type Story } from '../support/story';

const redeploy = {
  eventId: 'e-bp1localdata0000001',
  instanceId: web2,
  code: 'SystemMaintenance.Redeploy',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };

const playbook = (save = '', steps = '') => `
match: { events: [SystemMaintenance.Redeploy], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 90m }
steps:${drain}
  - id: save
    use: back-up-data
    with:
      paths: [/data1/app-state]
      to: "oss://failover-backups/local-disk/"
      role: backup-writer
      atMost: 10m
      ${save}
  - { id: release, use: release-disks, with: {} }
  - { id: move, use: answer-event, commit: true, with: { requireBackup: save, atMost: 20m } }
  - { id: moved, use: await-event, with: { states: [Executed, Avoided], atMost: 20m } }
${steps}${back}
`;
const restored = `
  - { id: disks, use: prepare-disks, with: {} }
  - { id: load, use: restore-data, with: { from: save, atMost: 10m } }
`;

/** The example fleet, whose /etc/fstab insists on the local disk, with bytes that are no text on it. */
function fleet(failing: readonly string[] = []): FleetInput {
  const known = exampleFleet();
  for (const instance of known.instances ?? []) {
    if (instance.id !== web2) continue;
    const [disk] = instance.disks ?? [];
    if (disk !== undefined) disk.failing = [...failing];
    instance.files = {
      ...instance.files,
      '/etc/fstab': '/dev/vda1 / ext4 defaults 1 1\n/dev/vdb /data1 ext4 defaults 0 2\n',
      '/data1/app-state/segments/000002.seg': { base64: 'AP+AChPI/w==' },
    };
  }
  return known;
}

/** SHA-256 of what is on the local disk of web-2. */
const checksums = {
  '/data1/app-state/index.json': '89bd2d6676dba00d18a06c46efc453bcc7b951df54b4a4fe82be6d18b6795420',
  '/data1/app-state/segments/000001.seg': '4d4e6ca3d501b7d34dfe185b13962df934e16b63182aa27e4fa33fa876f61783',
  '/data1/app-state/segments/000002.seg': '6b5b67fe9297c6fa8b0a69b017611dbc76c906ea6ffe38bb9389e154167b7dfa',
};

let story: Story;
afterEach(() => story.close());

const runId = () => String(story.logged.findLast(({ run }) => run !== undefined)?.run);
const acts = async () => (await story.actSentences()).filter((act) => !act.startsWith('SetVServer'));

async function saved(): Promise<object> {
  const { files } = (await story.simulator.knock('GET', `/instances/${web2}/disks`)) as {
    files: Record<string, string>;
  };
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith('/data1/')));
}

describe('a redeployed instance with a local disk', () => {
  it('has the same bytes under the same paths again before any traffic comes back (C43, C45, C75)', async () => {
    story = await openStory({ fleet: fleet(), configuration: configurationOf(playbook('', restored)) });
    await story.fault('drop-after', { action: 'RunCommand', times: 5 });
    await story.announce(redeploy);
    await story.play({ until: once('redeploys the instance') });
    expect(await saved()).toEqual({});
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await acts()).toEqual([
      'SetBackendServers lb-bp1web0000001 web-2=0',
      'RunCommand web-2 drain-quiet',
      'RunCommand web-2 save',
      'RunCommand web-2 release',
      'RedeployInstance web-2',
      'RunCommand web-2 disks',
      'RunCommand web-2 load',
      'SetBackendServers lb-bp1web0000001 web-2=100',
    ]);
    expect(await saved()).toEqual(checksums);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});

describe('a backup that is left out for another reason than the absence of local disks', () => {
  const unsaved = `
match: { events: [SystemMaintenance.Redeploy, SystemFailure.Redeploy], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 90m }
steps:${drain}
  - id: save
    use: back-up-data
    when: { tag: { role: primary } }
    with: { paths: [/data1/app-state], to: "oss://failover-backups/local-disk/", role: backup-writer, atMost: 10m }
  - { id: move, use: answer-event, commit: true, with: { atMost: 20m } }
  - { id: moved, use: await-event, with: { states: [Executed, Avoided], atMost: 20m } }
  - { id: back, use: restore-traffic, with: {} }
onFailure: { beforeCommit: hold }
`;
  const sentence =
    'the answer would empty 1 local disk, and no step has saved what is there; the playbook needs a back-up-data step that is carried out, or localData: mayBeLost';
  beforeEach(async () => {
    story = await openStory({ fleet: fleet(), configuration: configurationOf(unsaved), asPerson: true });
  });

  it('keeps the instance where it is: the plan says so, and a person hears of it before anything is touched (C43)', async () => {
    const id = await story.announce(redeploy);
    const event = await story.world.cloud.events.get({ ...redeploy, id });
    const seen = event && (await preview(story.world, story.configuration, event));
    expect(seen).toMatchObject({ verdict: 'blocked', reasons: [sentence] });
    await story.play({ hours: 1 });
    expect(story.ends()).toEqual([{ end: 'held', reason: 'no-backup' }]);
    expect(story.callsForSomeone().join('\n')).toContain(sentence);
    expect(await acts()).toEqual([]);
    expect(await saved()).toEqual(checksums);
  });

  it('lets a failed host go on without traffic: its instance is not moved, and a person is called (C43)', async () => {
    await story.announce({ ...redeploy, code: 'SystemFailure.Redeploy' });
    await story.play({ hours: 1 });
    expect(story.ends()).toEqual([{ end: 'held', reason: 'no-backup' }]);
    expect((await acts()).filter((act) => !act.startsWith('RunCommand'))).toEqual([
      'SetBackendServers lb-bp1web0000001 web-2=0',
    ]);
  });
});

describe('a failing disk', () => {
  const failing = ['/data1/app-state/segments/000001.seg'];
  const said =
    'could not be saved: /data1/app-state/segments/000001.seg (cannot be read); 2 files, 36 bytes saved and verified';

  async function begin(onPartial: string): Promise<void> {
    const save = `ioErrors: recordAndContinue\n      onPartial: ${onPartial}`;
    story = await openStory({
      fleet: fleet(failing),
      configuration: configurationOf(playbook(save, restored)),
    });
    await story.announce(redeploy);
  }
  const moves = async () => (await acts()).filter((act) => act.startsWith('Redeploy'));

  it('is not left with abort: everything is put back, and a person hears what could not be saved (C43, C44)', async () => {
    await begin('abort');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'backup-failed' }]);
    expect(story.notes().join('\n')).toContain(said);
    expect(await moves()).toEqual([]);
    expect(await story.weights(web2)).toEqual(full);
  });

  it('is asked about with ask, and left once a person has said so: what was saved is there again (C44)', async () => {
    await begin('ask');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'backup-failed' }]);
    expect(story.callsForSomeone().join('\n')).toContain(said);
    expect(await moves()).toEqual([]);
    await tell(story.world, runId(), { kind: 'retry', by: 'ann', why: 'the segment is on another node' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const left = Object.fromEntries(Object.entries(checksums).filter(([path]) => !failing.includes(path)));
    expect(await saved()).toEqual(left);
    expect(await moves()).toHaveLength(1);
  });

  it('is left with proceed, and people hear what is missing (C44)', async () => {
    await begin('proceed');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const notices = story.logged.filter(({ kind }) => kind === 'notice').map(({ text }) => text);
    expect(notices.join('\n')).toContain(said);
    expect(notices.join('\n')).toContain('1 could not be saved and are missing');
  });
});

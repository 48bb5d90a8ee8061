import { nothingLeft, once, openStory, reached, web2, type Story } from '../support/story';

const eventId = 'e-bp1plannedrestart001';
const restart = {
  eventId,
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };
const out = { default: 0, 'rsp-bp1web8443/8443': 0, 'rsp-bp1web8443/8444': 0 };

const weightWrites = (weight: number) => [
  `SetBackendServers lb-bp1web0000001 web-2=${weight}`,
  `SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=${weight} web-2:8444=${weight}`,
];

describe('a planned restart', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory();
  });
  afterEach(() => story.close());

  it('drains, backs up, restarts in the window, proves it and puts everything back (C1, C47, C53)', async () => {
    await story.announce(restart);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.actSentences()).toEqual([
      ...weightWrites(0),
      'RunCommand web-2 drain-quiet',
      'RunCommand web-2 save',
      'RebootInstance web-2',
      ...weightWrites(10),
      ...weightWrites(50),
      ...weightWrites(100),
    ]);
    expect(await story.weights(web2)).toEqual(full);
    expect(story.failures()).toEqual([]);
    expect(story.callsForSomeone()).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('takes no weight away before the window, none is left at the restart, and shares come back in steps', async () => {
    await story.announce(restart);
    await story.play({ until: reached('2026-11-17T17:00:00Z') });
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.acts()).toEqual([]);
    await story.play({ until: once('waits until the instance is quiet') });
    expect(await story.weights(web2)).toEqual(out);
    await story.play({ until: once('restarts the instance') });
    expect(await story.weights(web2)).toEqual(out);
    await story.play({ until: once('sets 10%') });
    expect(await story.weights(web2)).toEqual({
      default: 10,
      'rsp-bp1web8443/8443': 10,
      'rsp-bp1web8443/8444': 10,
    });
    await story.play({ until: once('sets 50%') });
    expect(await story.weights(web2)).toEqual({
      default: 50,
      'rsp-bp1web8443/8443': 50,
      'rsp-bp1web8443/8444': 50,
    });
    await story.play();
    expect(await story.weights(web2)).toEqual(full);
  });

  it('restarts inside the nightly window, 02:00 to 05:00 in Hangzhou, and long before the planned time (C15)', async () => {
    await story.announce(restart);
    await story.play();
    const reboots = (await story.acts()).filter(({ action }) => action === 'RebootInstance');
    expect(reboots.map(({ at }) => new Date(at).toISOString())).toEqual(['2026-11-17T18:08:00.000Z']);
    expect((await story.state()).events).toMatchObject([{ id: eventId, status: 'Avoided' }]);
  });

  it('leaves the files and a manifest of them in the backup bucket (C43)', async () => {
    await story.announce(restart);
    await story.play();
    const { objects } = await story.state();
    const saved = objects.filter(({ bucket }) => bucket === 'failover-backups').map(({ key }) => key);
    const folder = /^local-disk\/i-bp1web0000000000002\/run-[0-9a-f]{16}\//;
    expect(saved.every((key) => folder.test(key))).toBe(true);
    expect(saved.map((key) => key.replace(folder, ''))).toEqual([
      'files/data1/app-state/index.json',
      'files/data1/app-state/segments/000001.seg',
      'attributes.txt',
      'disks.txt',
      'manifest.txt',
    ]);
    const manifest = await story.world.cloud.files.read(`oss://failover-backups/${saved[4]}`);
    expect(manifest).toBe(
      [
        '89bd2d6676dba00d18a06c46efc453bcc7b951df54b4a4fe82be6d18b6795420 29 /data1/app-state/index.json',
        '4d4e6ca3d501b7d34dfe185b13962df934e16b63182aa27e4fa33fa876f61783 32 /data1/app-state/segments/000001.seg',
        '',
      ].join('\n'),
    );
  });

  it('takes one slot and gives it back, and its journal can be read as its story', async () => {
    await story.announce(restart);
    await story.play();
    const ledger = await story.journal('pools/web-hangzhou');
    expect(ledger.map(({ kind }) => kind)).toEqual(['waiting', 'taken', 'returned']);
    const journal = await story.journal(`runs/${String(ledger[0]?.['run'])}`);
    expect(journal[0]).toMatchObject({
      kind: 'started',
      plan: { playbook: 'planned-restart', pool: 'web-hangzhou', target: { instanceId: web2 } },
      state: { revision: 0, event: { id: eventId, notBefore: Date.parse('2026-11-19T06:00:00Z') } },
    });
    expect(journal.flatMap((line) => (line['kind'] === 'revision' ? [line['note']] : []))).toEqual([
      'joins the line of web-hangzhou, 0 before it',
      'in the line of web-hangzhou',
      'nights is open',
      'nobody else works on the instance',
      'takes a slot of web-hangzhou: 3 members, 3 healthy → 2 while out; minHealthy 60% of 3 = 2; 0 of 1 out; zone cn-hangzhou-h 0 of 1 out',
      'has a slot of web-hangzhou',
      'belongs to no scaling group',
      'sets weight 0 in clb/lb-bp1web0000001/default',
      'sets weight 0 in clb/lb-bp1web0000001/rsp-bp1web8443',
      'weight 0 in all 3 places',
      'counts connections on the instance',
      'quiet: 3 connections left',
      'backs /data1/app-state up',
      '2 files, 61 bytes saved and verified',
      'restarts the instance',
      'the event is answered',
      'the event went from Scheduled to Avoided',
      'the event is Avoided; started Wed 18 Nov 02:08',
      'running, heard from and healthy',
      'sets 10% of the weight in clb/lb-bp1web0000001/default',
      'sets 10% of the weight in clb/lb-bp1web0000001/rsp-bp1web8443',
      'sets 50% of the weight in clb/lb-bp1web0000001/default',
      'sets 50% of the weight in clb/lb-bp1web0000001/rsp-bp1web8443',
      'sets 100% of the weight in clb/lb-bp1web0000001/default',
      'sets 100% of the weight in clb/lb-bp1web0000001/rsp-bp1web8443',
      'every weight is what it was',
      'no protection of ours to take away',
      'gives the slot of web-hangzhou back',
      'no slot of web-hangzhou is held',
    ]);
  });
});

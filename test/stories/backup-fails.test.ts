import { openBucket } from '../../src/cloud/oss-client';
import type { FleetInput } from '../../simulator/fleet/schema';
import { exampleFleet, nothingLeft, once, openStory, web3, type Story } from '../support/story';

const restart = {
  eventId: 'e-bp1backupfails00001',
  instanceId: web3,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 50, 'rsp-bp1web8443/8443': 50, 'rsp-bp1web8443/8444': 50 };
const drainActs = [
  'SetBackendServers lb-bp1web0000001 web-3=0',
  'SetVServerGroupAttribute rsp-bp1web8443 web-3:8443=0 web-3:8444=0',
];
const undoActs = [
  'SetBackendServers lb-bp1web0000001 web-3=50',
  'SetVServerGroupAttribute rsp-bp1web8443 web-3:8443=50 web-3:8444=50',
];
const failedBackup = [...drainActs, 'RunCommand web-3 drain-quiet', 'RunCommand web-3 save', ...undoActs];

/** The example fleet with something changed in web-3. */
function withWeb3(change: (instance: NonNullable<FleetInput['instances']>[number]) => void): FleetInput {
  const fleet = exampleFleet();
  for (const instance of fleet.instances ?? []) if (instance.id === web3) change(instance);
  return fleet;
}

describe('a backup that fails', () => {
  let story: Story;
  afterEach(() => story.close());

  async function expectUndone(): Promise<void> {
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'backup-failed' }]);
    expect(await story.weights(web3)).toEqual(full);
    expect((await story.state()).instances[2]).toMatchObject({ id: web3, bootCount: 0 });
    expect(await story.leftovers()).toEqual(nothingLeft);
  }

  it('because its command fails is undone: weights exactly as before, slot given back (C44, C59)', async () => {
    story = await openStory();
    await story.announce(restart);
    await story.fault('command-fails', { target: '-save' });
    await story.play();
    await expectUndone();
    expect(await story.actSentences()).toEqual(failedBackup);
  });

  it('because its path is missing is undone, and says which path', async () => {
    story = await openStory({ fleet: withWeb3((instance) => (instance.files = { '/etc/hosts': '' })) });
    await story.announce(restart);
    await story.play();
    await expectUndone();
    expect(await story.actSentences()).toEqual(failedBackup);
    expect(story.notes()).toContain('save: the backup ended Failed (missing-/data1/app-state)');
  });

  it('because the instance has no RAM role is undone', async () => {
    story = await openStory({ fleet: withWeb3((instance) => delete instance.ramRole) });
    await story.announce(restart);
    await story.play();
    await expectUndone();
    expect(await story.actSentences()).toEqual(failedBackup);
  });

  it('because Cloud Assistant does not answer is undone', async () => {
    story = await openStory();
    await story.announce(restart);
    await story.play({ until: once('waits until the instance is quiet') });
    await story.fault('agent-offline', { target: web3 });
    await story.play();
    await expectUndone();
    expect(await story.actSentences()).toEqual(failedBackup);
  });

  it('is undone in every group although the answer to a drain write was lost (C75)', async () => {
    story = await openStory();
    await story.announce(restart);
    await story.fault('command-fails', { target: '-save' });
    await story.fault('drop-after', { product: 'slb', action: 'SetBackendServers' });
    await story.play();
    await expectUndone();
    expect(await story.actSentences()).toEqual(failedBackup);
  });

  it('is undone although the answers to the undoing writes are lost (C59, C75)', async () => {
    story = await openStory();
    await story.announce(restart);
    await story.fault('command-fails', { target: '-save' });
    await story.fault('drop-after', { product: 'slb', action: 'SetBackendServers', nth: 2 });
    await story.fault('drop-after', { product: 'slb', action: 'SetVServerGroupAttribute', nth: 2 });
    await story.play();
    await expectUndone();
    expect(await story.actSentences()).toEqual(failedBackup);
  });

  it('is not believed when the manifest does not match what was saved', async () => {
    story = await openStory();
    await story.announce(restart);
    await story.play({ until: once('backup under way') });
    const { objects } = await story.state();
    const manifest = objects.find(({ key }) => key.endsWith('/manifest.txt'));
    expect(manifest?.bucket).toBe('failover-backups');
    const { endpoint, region, accessKeyId, accessKeySecret } = story.simulator;
    const keys = () => Promise.resolve({ accessKeyId, accessKeySecret });
    const { now } = story.world;
    const bucket = 'failover-backups';
    const backups = openBucket({ region, bucket, keys, now, endpoint, timeoutMs: 5000 });
    const another = Buffer.from(`${'0'.repeat(64)} 12 /data1/app-state/another\n`);
    await backups.use('PutObject', 'write', (client) => client.put(manifest?.key ?? '', another));
    await story.play();
    await expectUndone();
  });
});

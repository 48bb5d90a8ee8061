import type { FleetInput } from '../../simulator/fleet/schema';
import { configurationOf, drain } from '../support/playbook-text';
import { exampleFleet, nothingLeft, openStory, web2, type Story } from '../support/story';

const event = {
  eventId: 'e-bp1snapshots000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };

const playbook = `
match: { events: [SystemMaintenance.Reboot], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 60m }
steps:${drain}
  - { id: keep, use: snapshot-disks, with: { keep: 7d, atMost: 20m } }
  - { id: restart, use: answer-event, commit: true, with: { atMost: 10m } }
  - { id: cleared, use: await-event, with: { states: [Avoided, Executed], atMost: 10m } }
  - { id: back, use: restore-traffic, with: {} }
`;

/** The example fleet; web-2 has a system disk, a data disk of an older kind and its local disk. */
function fleet(): FleetInput {
  const known = exampleFleet();
  for (const { id, disks = [] } of known.instances ?? []) {
    if (id !== web2) continue;
    disks.push({
      id: 'd-bp1system0000000001',
      category: 'cloud_essd',
      kind: 'system',
      sizeGiB: 40,
      device: '/dev/xvda',
    });
    disks.push({
      id: 'd-bp1older00000000001',
      category: 'cloud_ssd',
      kind: 'data',
      sizeGiB: 100,
      device: '/dev/xvdc',
    });
  }
  return known;
}

describe('snapshots before a restart', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory({ fleet: fleet(), configuration: configurationOf(playbook) });
    await story.announce(event);
  });
  afterEach(() => story.close());

  const answers = async () =>
    (await story.actSentences())
      .filter((act) => /^(Create|Reboot)/.test(act))
      .map((act) => act.split(' ')[0]);

  it('are taken once, of every cloud disk and of no local one, and awaited, though answers are lost (C75)', async () => {
    await story.fault('drop-after', { action: 'CreateSnapshotGroup' });
    await story.fault('drop-after', { action: 'CreateSnapshot' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const writes = await story.writes();
    const of = (action: string) =>
      writes.filter((write) => write.action === action && write.outcome === 'done');
    expect(of('CreateSnapshotGroup').map(({ params }) => params['ExcludeDiskId.2'])).not.toContain(
      'd-bp1system0000000001',
    );
    expect(new Set(of('CreateSnapshot').map(({ params }) => params['DiskId']))).toEqual(
      new Set(['d-bp1older00000000001']),
    );
    const taken = of('CreateSnapshot').at(-1)?.at ?? Infinity;
    const restarted = of('RebootInstance')[0]?.at ?? 0;
    expect(restarted - taken).toBeGreaterThanOrEqual(240_000);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('that fail mean no restart: everything is put back', async () => {
    const restartFromInside = async () => {
      if (!(await answers()).includes('CreateSnapshotGroup')) return false;
      await story.simulator.knock('POST', `/instances/${web2}/guest-reboot`, {});
      return true;
    };
    await story.play({ until: restartFromInside });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'snapshot-failed' }]);
    expect(await answers()).not.toContain('RebootInstance');
    expect(await story.weights(web2)).toEqual(full);
  });
});

import type { FleetInput } from '../../simulator/fleet/schema';
import {
  balancer,
  exampleFleet,
  nothingLeft,
  once,
  openStory,
  vServerGroup,
  web2,
  type Story,
} from '../support/story';

const restart = {
  eventId: 'e-bp1changedbyhand001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};

/** The example fleet with these weights for web-2. */
function withWeights(first: number, port8443: number, port8444: number): FleetInput {
  const fleet = exampleFleet();
  const [clb] = fleet.loadBalancers ?? [];
  for (const entry of clb?.defaultGroup ?? []) if (entry.server === web2) entry.weight = first;
  for (const entry of clb?.vServerGroups?.[0]?.backends ?? []) {
    if (entry.server === web2) entry.weight = entry.port === 8443 ? port8443 : port8444;
  }
  return fleet;
}

describe('a weight that a person changes by hand', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory();
    await story.announce(restart);
  });
  afterEach(() => story.close());
  const setDefault = (weight: number) =>
    story.simulator.knock('PUT', '/weights', { loadBalancer: balancer, server: web2, weight });
  const setPort = (port: number, weight: number) =>
    story.simulator.knock('PUT', '/weights', {
      loadBalancer: balancer,
      group: vServerGroup,
      server: web2,
      port,
      weight,
    });

  it('during the wait makes the run hold before the restart and ask whose wish counts (C40)', async () => {
    await story.play({ until: once('waits until the instance is quiet') });
    await setDefault(100);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'traffic-came-back' }]);
    expect(story.callsForSomeone()).toEqual([
      'holds: somebody set the weight in clb/lb-bp1web0000001/default/i-bp1web0000000000002 back to 100 during the run',
    ]);
    expect((await story.actSentences()).filter((act) => act.startsWith('RebootInstance'))).toEqual([]);
    expect(await story.weights(web2)).toEqual({
      default: 100,
      'rsp-bp1web8443/8443': 0,
      'rsp-bp1web8443/8444': 0,
    });
    expect((await story.leftovers()).slots).toEqual([web2]);
  });

  it('during the ramp is respected and reported, and the other places come back in full (C57)', async () => {
    await story.play({ until: once('holds at 10%') });
    await setDefault(30);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual({
      default: 30,
      'rsp-bp1web8443/8443': 100,
      'rsp-bp1web8443/8444': 100,
    });
    expect(story.notes()).toContain(
      'clb/lb-bp1web0000001/default/i-bp1web0000000000002 left at 30, as a person set it',
    );
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('to 0 during the ramp keeps that place out', async () => {
    await story.play({ until: once('holds at 50%') });
    await setPort(8444, 0);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual({
      default: 100,
      'rsp-bp1web8443/8443': 100,
      'rsp-bp1web8443/8444': 0,
    });
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('before the window is what comes back: the snapshot is taken at the drain', async () => {
    await story.play({ until: once('waits for nights') });
    await setDefault(70);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual({
      default: 70,
      'rsp-bp1web8443/8443': 100,
      'rsp-bp1web8443/8444': 100,
    });
  });

  it('is left alone by the undoing of a failed backup', async () => {
    await story.fault('command-fails', { target: '-save' });
    await story.play({ until: once('waits until the instance is quiet') });
    await setDefault(20);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'backup-failed' }]);
    expect(await story.weights(web2)).toEqual({
      default: 20,
      'rsp-bp1web8443/8443': 100,
      'rsp-bp1web8443/8444': 100,
    });
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});

describe('a member that was at weight 0 before the event', () => {
  let story: Story;
  afterEach(() => story.close());

  it('stays out everywhere, and is restarted all the same (C54)', async () => {
    story = await openStory({ fleet: withWeights(0, 0, 0) });
    await story.announce(restart);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.actSentences()).toEqual([
      'RunCommand web-2 drain-quiet',
      'RunCommand web-2 save',
      'RebootInstance web-2',
    ]);
    expect(await story.weights(web2)).toEqual({
      default: 0,
      'rsp-bp1web8443/8443': 0,
      'rsp-bp1web8443/8444': 0,
    });
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('in some places stays out of those and comes back in the others (C54)', async () => {
    story = await openStory({ fleet: withWeights(0, 0, 7) });
    await story.announce(restart);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.actSentences()).toEqual([
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8444=0',
      'RunCommand web-2 drain-quiet',
      'RunCommand web-2 save',
      'RebootInstance web-2',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8444=1',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8444=4',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8444=7',
    ]);
    expect(await story.weights(web2)).toEqual({
      default: 0,
      'rsp-bp1web8443/8443': 0,
      'rsp-bp1web8443/8444': 7,
    });
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});

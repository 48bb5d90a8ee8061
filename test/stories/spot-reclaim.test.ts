import { readFileSync } from 'node:fs';
import type { FleetInput } from '../../simulator/fleet/schema';
import { receive } from '../../src/engine/receive';
import type { Configuration } from '../../src/playbook/configuration';
import { stepTypes } from '../../src/steps';
import { exampleConfiguration } from '../support/configuration';
import {
  changedConfiguration,
  exampleFleet,
  nothingLeft,
  once,
  openStory,
  web1,
  web2,
  type Story,
} from '../support/story';

/**
 * The spot instance is released whatever we do: its traffic is taken away, and that is all. With `letGo` it is looked
 * at until it is gone.
 */
function spotPlaybook({ letGo = false } = {}): Configuration {
  const example = exampleConfiguration();
  const { match, steps } = example.playbooks[0]!.spec;
  const drain = steps
    .filter(({ use }) => use === 'drain-traffic')
    .map((step) => ({ ...step, commit: !letGo }));
  const gone = { id: 'gone', use: 'let-go' as const, commit: false, with: { wait: 15 * 60_000 } };
  return changedConfiguration({
    playbook: {
      match: { ...match, events: ['Instance:PreemptibleInstanceInterruption'], states: ['Executing'] },
      steps: letGo ? [...drain, gone] : drain,
    },
  });
}

/** The example fleet with web-2 bought as a spot instance. */
function spotFleet(): FleetInput {
  const fleet = exampleFleet();
  const instances = fleet.instances?.map((one) => ({ ...one, spot: one.id === web2 }));
  return { ...fleet, instances };
}

/** As the channel sends it, about web-2 of the example, at this time. */
function push(sample: 'spot-reclaim' | 'spot-reclaim-eventbridge', at: Date): Buffer {
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  const text = readFileSync(`test/event/samples/${sample}.json`, 'utf8')
    .replaceAll('i-bp1d7k2m9x4q6t8w0zab', web2)
    .replaceAll('1690701234567890', '1690700000000030')
    .replace('20260302T111540.922+0800', `${local.replaceAll(/[-:Z]/g, '')}+0800`)
    .replace('2026-03-02T11:15:41+08:00', `${local.slice(0, 19)}+08:00`);
  return Buffer.from(text);
}

describe('a spot instance that is reclaimed', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory({ configuration: spotPlaybook(), fleet: spotFleet() });
    await story.simulator.knock('PATCH', `/instances/${web2}`, { lock: 'recycling' });
  });
  afterEach(() => story.close());

  const receiveNow = (body: Buffer) =>
    receive(story.world, { steps: stepTypes, until: story.world.now() + 100_000 }, story.configuration, body);

  it('is drained in the invocation that hears of it, outside every window, by one run (C3, C21)', async () => {
    const announcedAt = new Date(story.world.now());
    await receiveNow(push('spot-reclaim', announcedAt));
    expect((await story.actSentences())[0]).toBe('SetBackendServers lb-bp1web0000001 web-2=0');
    expect(Object.values(await story.weights(web2))).toEqual([0, 0, 0]);
    await receiveNow(push('spot-reclaim-eventbridge', announcedAt));
    await receiveNow(push('spot-reclaim', announcedAt));
    await story.play({ hours: 1 });
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(Object.values(await story.weights(web2))).toEqual([0, 0, 0]);
    expect(await story.actSentences()).toHaveLength(2);
    expect(await story.leftovers()).toEqual(nothingLeft);
    expect(story.failures()).toEqual([]);
  });

  it('is one run although its deliveries fall on two sides of ten minutes (C3)', async () => {
    await story.advance(9 * 60 + 59);
    await receiveNow(push('spot-reclaim', new Date(story.world.now())));
    await story.advance(2);
    await receiveNow(push('spot-reclaim-eventbridge', new Date(story.world.now())));
    await story.play({ hours: 1 });
    expect(story.ends()).toEqual([{ end: 'done' }]);
  });

  it('a second time, later, is another run (C3)', async () => {
    await receiveNow(push('spot-reclaim', new Date(story.world.now())));
    await story.advance(3600);
    await receiveNow(push('spot-reclaim', new Date(story.world.now())));
    await story.play({ hours: 1 });
    expect(story.ends()).toEqual([{ end: 'done' }, { end: 'done' }]);
  });

  it('is delivered again while ECS does not show it, and is drained once it does (C90)', async () => {
    await story.simulator.knock('PATCH', `/instances/${web2}`, { lock: 'none' });
    const body = push('spot-reclaim', new Date(story.world.now()));
    await expect(receiveNow(body)).rejects.toThrow('ECS does not show it (no lock Recycling)');
    expect(await story.acts()).toEqual([]);
    await story.simulator.knock('PATCH', `/instances/${web2}`, { lock: 'recycling' });
    await receiveNow(body);
    expect(Object.values(await story.weights(web2))).toEqual([0, 0, 0]);
  });

  it('is refused for an instance that is none, or that nobody knows (C90)', async () => {
    const body = push('spot-reclaim', new Date(story.world.now())).toString();
    await receiveNow(Buffer.from(body.replaceAll(web2, web1)));
    await receiveNow(Buffer.from(body.replaceAll(web2, 'i-bp1nobody00000000001')));
    expect(await story.acts()).toEqual([]);
    expect((await story.journal('sweeps/2026-11-17')).map(({ code }) => code)).toEqual([
      'not-reclaimed',
      'unknown-instance',
    ]);
  });
});

describe('a spot instance that is looked at until it is gone', () => {
  const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };
  let story: Story;
  beforeEach(async () => {
    story = await openStory({ configuration: spotPlaybook({ letGo: true }), fleet: spotFleet() });
    await story.simulator.knock('PATCH', `/instances/${web2}`, { lock: 'recycling' });
    story.push(push('spot-reclaim', new Date(story.world.now())).toString());
    await story.play({ until: once('waits until the instance is gone') });
  });
  afterEach(() => story.close());

  it('ends its run when it is gone, and gives its slot back', async () => {
    expect(Object.values(await story.weights(web2))).toEqual([0, 0, 0]);
    await story.simulator.knock('DELETE', `/instances/${web2}`);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(story.notes()).toContain('the instance is gone');
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it.each([
    ['a quarter of an hour after the notice once its lock is lifted', 'none', 15],
    ['an hour after it though its lock stays', 'recycling', 60],
  ])('serves again when it stays: %s', async (_name, lock, minutes) => {
    await story.simulator.knock('PATCH', `/instances/${web2}`, { lock });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'not-reclaimed' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
    const back = (await story.acts()).filter(({ action }) => action === 'SetBackendServers').at(-1);
    expect(Math.floor(((back?.at ?? 0) - Date.parse('2026-11-17T07:10:00Z')) / 60_000)).toBe(minutes);
  });
});

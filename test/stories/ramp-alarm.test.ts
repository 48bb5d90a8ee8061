import type { Step } from '../../src/playbook/configuration';
import { tell, type SaidWord } from '../../src/engine/tell';
import {
  balancer,
  changedConfiguration,
  exampleFleet,
  nothingLeft,
  once,
  openStory,
  vServerGroup,
  web2,
  type Story,
} from '../support/story';

const restart = {
  eventId: 'e-bp1rampalarm000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };
const out = { default: 0, 'rsp-bp1web8443/8443': 0, 'rsp-bp1web8443/8444': 0 };

const steps = (changedConfiguration({}).playbooks[0]?.spec.steps ?? []).map((step): Step =>
  step.use === 'restore-traffic'
    ? { ...step, with: { ...step.with, abortIf: { cloudMonitorAlarm: 'storefront-5xx-high' } } }
    : step,
);

let story: Story;
afterEach(() => story.close());
// Long stories, on a machine that may be busy.
jest.setTimeout(90_000);

async function begin(alarm: string, state: 'OK' | 'ALARM' = 'OK'): Promise<void> {
  const fleet = { ...exampleFleet(), alarms: [{ name: alarm, state }] };
  story = await openStory({ fleet, configuration: changedConfiguration({ playbook: { steps } }) });
  await story.announce(restart);
}
const setAlarm = (state: 'OK' | 'ALARM') =>
  story.simulator.knock('PATCH', '/alarms/storefront-5xx-high', { state });
const say = (word: SaidWord) =>
  tell(story.world, String(story.logged.findLast(({ run }) => run !== undefined)?.run), word);

describe('an alarm that a ramp names in abortIf', () => {
  it('that stays quiet lets it climb to the original weights (C53)', async () => {
    await begin('storefront-5xx-high');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect(story.notes()).toContain('every weight is what it was');
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('takes everything back to 0 but a weight that a person set; retried, the ramp begins anew (C56, C57)', async () => {
    await begin('storefront-5xx-high');
    await story.play({ until: once('holds at 50%') });
    await story.simulator.knock('PUT', '/weights', { loadBalancer: balancer, server: web2, weight: 30 });
    await setAlarm('ALARM');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'ramp-failed' }]);
    expect(await story.weights(web2)).toEqual({ ...out, default: 30 });
    expect(story.callsForSomeone()).toHaveLength(1);
    await setAlarm('OK');
    await say({ kind: 'retry', by: 'lin', why: 'a bad release elsewhere' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual({ ...full, default: 30 });
    expect(story.notes()).toContain(
      'clb/lb-bp1web0000001/default/i-bp1web0000000000002 left at 30, as a person set it',
    );
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('leaves it at 0 when a person skips the ramp behind it (C56)', async () => {
    await begin('storefront-5xx-high');
    await story.play({ until: once('holds at 10%') });
    await setAlarm('ALARM');
    await story.play();
    await say({ kind: 'skip', step: 'back', by: 'lin', why: 'we rebuild it' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual(out);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('goes on taking back though answers get lost on the way (C56, C75)', async () => {
    await begin('storefront-5xx-high');
    await story.play({ until: once('holds at 10%') });
    await story.fault('drop-after', { product: 'slb', action: 'SetBackendServers' });
    await setAlarm('ALARM');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'ramp-failed' }]);
    expect(await story.weights(web2)).toEqual(out);
  });

  it('that fires before the first share is waited for, and nothing is brought back meanwhile (C56)', async () => {
    await begin('storefront-5xx-high', 'ALARM');
    await story.play({ until: once('is firing; the instance gets no traffic') });
    expect(await story.weights(web2)).toEqual(out);
    await setAlarm('OK');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual(full);
  });

  it('that no rule has guards nothing: the run holds before the first share (C56)', async () => {
    await begin('storefront-5xx-hihg');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'alarm-unknown' }]);
    expect(await story.weights(web2)).toEqual(out);
  });
});

describe("a ramp behind which Auto Scaling's Standby is left", () => {
  const group = 'asg-bp1web0000000001';
  const attached = [
    { group: `clb/${balancer}/default`, weight: 100 },
    { group: `clb/${balancer}/${vServerGroup}`, port: 8443, weight: 80 },
    { group: `clb/${balancer}/${vServerGroup}`, port: 8444, weight: 80 },
  ];

  it.each([
    ['held before its first share', 'ALARM', 'alarm-firing'],
    ['was taken back', 'OK', 'ramp-failed'],
  ] as const)('leaves it at 0 when a person skips one that %s (C33, C56)', async (_name, state, held) => {
    const alarms = [{ name: 'storefront-5xx-high', state }];
    const scalingGroups = [{ id: group, minSize: 0, attached, members: [{ instance: web2 }] }];
    story = await openStory({
      fleet: { ...exampleFleet(), alarms, scalingGroups },
      configuration: changedConfiguration({ playbook: { steps }, pool: { scaling: 'standby' } }),
    });
    await story.announce(restart);
    if (state === 'OK') {
      await story.play({ until: once('holds at 10%') });
      await setAlarm('ALARM');
    }
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: held }]);
    expect(await story.weights(web2)).toEqual(out);
    await say({ kind: 'skip', step: 'back', by: 'lin', why: 'we rebuild it' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await story.state()).scalingGroups[0]?.members[0]).toMatchObject({ lifecycle: 'InService' });
    expect(await story.weights(web2)).toEqual(out);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});

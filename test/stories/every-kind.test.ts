import type { FleetInput } from '../../simulator/fleet/schema';
import {
  changedConfiguration,
  nothingLeft,
  once,
  openStory,
  web1,
  web2,
  web3,
  type Story,
} from '../support/story';
import {
  configurationOf,
  fleetOf,
  kindsUnderTest,
  setByHand,
  weightsIn,
  weightsInSecond,
  type KindUnderTest,
  type Weights,
} from '../support/traffic-kinds';

const restart = {
  eventId: 'e-bp1everykind000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const weights: Weights = { [web1]: 100, [web2]: 60, [web3]: 100 };

let story: Story;
afterEach(() => story.close());

async function begin(
  kind: KindUnderTest,
  { alarms = [], ...change }: Parameters<typeof configurationOf>[1] & Pick<FleetInput, 'alarms'> = {},
  had: Weights = weights,
): Promise<void> {
  story = await openStory({
    fleet: { ...fleetOf(kind, had), alarms },
    configuration: configurationOf(kind, change),
  });
  await story.announce(restart);
}

const example = changedConfiguration({}).playbooks[0]!.spec;

const deeds = async (action: string) => (await story.acts()).filter((act) => act.action === action);

/** Weights of a kind that knows shares, as one that is only on or off has them. */
const inShares = (kind: KindUnderTest, ...shares: readonly number[]) =>
  kind.onOff === true
    ? shares.map((weight) => (weight > 0 ? 100 : 0)).filter((weight, at, all) => weight !== all[at - 1])
    : shares;

describe.each(kindsUnderTest.map((kind) => [kind.name, kind] as const))('a member of %s', (_name, kind) => {
  it('is drained to weight 0, restarted, and brought back in shares to what it was (C34, C53)', async () => {
    await begin(kind);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await weightsIn(story, kind)).toEqual(inShares(kind, 60, 0, 6, 30, 60));
    expect(await weightsInSecond(story)).toEqual([100, 0, 10, 50, 100]);
    expect(await deeds('RebootInstance')).toHaveLength(1);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('is taken out of the group and registered anew where the playbook removes (C34)', async () => {
    await begin(kind, {
      steps: (steps) =>
        steps.map((step) =>
          step.use === 'drain-traffic' ? { ...step, with: { ...step.with, how: 'remove' } } : step,
        ),
    });
    await story.play({ until: once('restarts the instance') });
    const registered = async () =>
      (await story.state()).groups.filter(
        ({ loadBalancer, group, server, weight }) =>
          loadBalancer === kind.door.loadBalancer &&
          group === kind.door.group &&
          server === kind.server &&
          // A record that is out is kept, and switched off.
          (kind.onOff !== true || weight > 0),
      );
    expect(await registered()).toEqual([]);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await registered()).map(({ weight }) => weight)).toEqual([kind.onOff ? 100 : 60]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('stays when it is the last healthy server of the group, which is named (C39)', async () => {
    await begin(kind, {}, { [web1]: 0, [web2]: 60, [web3]: undefined });
    await story.play({ hours: 12 });
    expect(story.notes().join('\n')).toContain(
      `it is the last healthy server of ${kind.group}, and allowLast is not set`,
    );
    expect(await weightsIn(story, kind)).toEqual(inShares(kind, 60));
  });

  it('that is the last healthy server of the group goes where the pool allows that (C39)', async () => {
    const { guard } = configurationOf(kind).pools[0]!.spec;
    await begin(kind, { pool: { guard: { ...guard, allowLast: true } } }, { [web1]: 0, [web2]: 60 });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await weightsIn(story, kind)).toEqual(inShares(kind, 60, 0, 6, 30, 60));
  });

  it('is not restarted when a person gives it weight again, and the run asks (C40)', async () => {
    await begin(kind);
    await story.play({ until: once('waits until the instance is quiet') });
    await setByHand(story, kind, 60);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'traffic-came-back' }]);
    expect(await deeds('RebootInstance')).toEqual([]);
  });

  it('is drained in the same order and with no double write when a call is throttled (C42)', async () => {
    await begin(kind);
    await story.fault('throttle', { ...kind.write, nth: 1 });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await weightsIn(story, kind)).toEqual(inShares(kind, 60, 0, 6, 30, 60));
    const writes = (await deeds(kind.write.action)).filter(
      ({ target }) => kind.onOff === true || [kind.door.group, kind.door.loadBalancer].includes(target),
    );
    expect(writes).toHaveLength(kind.onOff ? 2 : 4);
  });

  it('that a person had at weight 0 before stays there, and comes back elsewhere (C54)', async () => {
    await begin(kind, {}, { [web1]: 100, [web2]: 0, [web3]: 100 });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await weightsIn(story, kind)).toEqual(inShares(kind, 0));
    expect(await weightsInSecond(story)).toEqual([100, 0, 10, 50, 100]);
  });

  it('keeps the weight that a person gives it while it comes back, and the report says so (C57)', async () => {
    await begin(kind);
    await story.play({ until: once(kind.onOff ? 'holds at 50%' : 'holds at 10%') });
    await setByHand(story, kind, kind.onOff ? 0 : 25);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await weightsIn(story, kind)).at(-1)).toBe(kind.onOff ? 0 : 25);
    expect(story.notes().join('\n')).toMatch(
      new RegExp(`${kind.group}/\\S+ left at ${kind.onOff ? 0 : 25}, as a person set it`),
    );
  });

  it('has its weight lowered ahead of the window, and the drain and the return know the original (C38, C41)', async () => {
    await begin(kind, {
      playbook: { timing: { ...example.timing, softDrain: { before: 1_800_000, weight: 20 } } },
    });
    await story.play({ until: once('waits for nights, ') });
    await story.play({ until: ({ world }) => world.now() >= Date.parse('2026-11-17T17:45:00Z') });
    expect((await weightsIn(story, kind)).at(-1)).toBe(kind.onOff ? 100 : 12);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await weightsIn(story, kind)).toEqual(inShares(kind, 60, 12, 0, 6, 30, 60));
  });

  it('goes back to weight 0 when an alarm of the pool fires in the ramp, and a person hears what is known (C56)', async () => {
    await begin(kind, {
      alarms: [{ name: 'storefront-errors' }],
      steps: (steps) =>
        steps.map((step) =>
          step.use === 'restore-traffic'
            ? { ...step, with: { ...step.with, abortIf: { cloudMonitorAlarm: 'storefront-errors' } } }
            : step,
        ),
    });
    await story.play({ until: once('holds at 10%') });
    await story.simulator.knock('PATCH', '/alarms/storefront-errors', { state: 'ALARM' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'ramp-failed' }]);
    expect(await weightsIn(story, kind)).toEqual(inShares(kind, 60, 0, 6, 0));
    expect(await weightsInSecond(story)).toEqual([100, 0, 10, 0]);
    const [call = ''] = story.callsForSomeone();
    expect(call).toContain(
      'the alarm "storefront-errors" is firing; its traffic was taken back at 10% of the weight',
    );
    expect(call).toContain(`${kind.group}/`);
  });

  it('is held anew when its health turns bad in the ramp, and goes back to weight 0 at the limit (C55)', async () => {
    await begin(kind, {
      steps: (steps) =>
        steps.map((step) =>
          step.use === 'restore-traffic' ? { ...step, with: { ...step.with, flaps: { most: 1 } } } : step,
        ),
    });
    const answers = (application: boolean) =>
      story.simulator.knock('PATCH', `/instances/${web2}`, { application });
    await story.play({ until: once('holds at 10%') });
    await answers(false);
    await story.play({ until: once('its checks turned bad at 10% of the weight (1 of at most 1 times)') });
    await answers(true);
    await story.play({ until: once('well again: 10% of the weight is held from the beginning') });
    expect((await weightsIn(story, kind)).at(-1)).toBe(kind.onOff ? 100 : 6);
    await answers(false);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'ramp-failed' }]);
    expect((await weightsIn(story, kind)).at(-1)).toBe(0);
    expect(story.callsForSomeone()).toHaveLength(1);
  });

  it('with another address and card after the restart is found, or a person hears where it is not known (C58)', async () => {
    await begin(kind);
    await story.play({ until: once('the event is answered') });
    const moved = { privateIp: '192.168.99.99', eni: 'eni-bp1moved0000000001' };
    await story.simulator.knock('PATCH', `/instances/${web2}`, moved);
    await story.play();
    if (kind.server === web2) {
      expect(story.ends()).toEqual([{ end: 'done' }]);
      expect(await weightsIn(story, kind)).toEqual(inShares(kind, 60, 0, 6, 30, 60));
    } else {
      expect(story.ends()).toEqual([{ end: 'held', reason: 'address-changed' }]);
      expect(story.callsForSomeone().join('\n')).toContain(
        `${kind.group} knew the instance as ${kind.server}`,
      );
    }
  });
});

import { nothingLeft, once, openStory, web1, web2, web3, type Story } from '../support/story';
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
  change: Parameters<typeof configurationOf>[1] = {},
  had: Weights = weights,
): Promise<void> {
  story = await openStory({ fleet: fleetOf(kind, had), configuration: configurationOf(kind, change) });
  await story.announce(restart);
}

const deeds = async (action: string) => (await story.acts()).filter((act) => act.action === action);

describe.each(kindsUnderTest.map((kind) => [kind.name, kind] as const))('a member of %s', (_name, kind) => {
  it('is drained to weight 0, restarted, and brought back in shares to what it was (C34, C53)', async () => {
    await begin(kind);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await weightsIn(story, kind)).toEqual([60, 0, 6, 30, 60]);
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
        ({ loadBalancer, group, server }) =>
          loadBalancer === kind.door.loadBalancer && group === kind.door.group && server === kind.server,
      );
    expect(await registered()).toEqual([]);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await registered()).map(({ weight }) => weight)).toEqual([60]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('stays when it is the last healthy server of the group, which is named, unless that is allowed (C39)', async () => {
    await begin(kind, {}, { [web1]: 0, [web2]: 60, [web3]: undefined });
    await story.play({ hours: 12 });
    expect(story.notes().join('\n')).toContain(
      `it is the last healthy server of ${kind.group}, and allowLast is not set`,
    );
    expect(await weightsIn(story, kind)).toEqual([60]);
    await story.close();
    const { guard } = configurationOf(kind).pools[0]!.spec;
    await begin(kind, { pool: { guard: { ...guard, allowLast: true } } }, { [web1]: 0, [web2]: 60 });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await weightsIn(story, kind)).toEqual([60, 0, 6, 30, 60]);
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
    expect(await weightsIn(story, kind)).toEqual([60, 0, 6, 30, 60]);
    const writes = (await deeds(kind.write.action)).filter(({ target }) =>
      [kind.door.group, kind.door.loadBalancer].includes(target),
    );
    expect(writes).toHaveLength(4);
  });

  it('that a person had at weight 0 before stays there, and comes back elsewhere (C54)', async () => {
    await begin(kind, {}, { [web1]: 100, [web2]: 0, [web3]: 100 });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await weightsIn(story, kind)).toEqual([0]);
    expect(await weightsInSecond(story)).toEqual([100, 0, 10, 50, 100]);
  });

  it('keeps the weight that a person gives it while it comes back, and the report says so (C57)', async () => {
    await begin(kind);
    await story.play({ until: once('holds at 10%') });
    await setByHand(story, kind, 25);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await weightsIn(story, kind)).at(-1)).toBe(25);
    expect(story.notes().join('\n')).toMatch(new RegExp(`${kind.group}/\\S+ left at 25, as a person set it`));
  });
});

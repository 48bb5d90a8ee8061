import { changedConfiguration, exampleFleet, nothingLeft, once, openStory, web2 } from '../support/story';
import type { Story } from '../support/story';

const restart = {
  eventId: 'e-bp1alarm0000000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const fleet = () => ({
  ...exampleFleet(),
  alarms: [{ name: 'checkout-errors', state: 'ALARM' as const }, { name: 'disk-full' }],
});

/** The example's guard, which listens to these alarms as well. */
function listeningTo(...names: readonly string[]) {
  const blockWhile = names.map((cloudMonitorAlarm) => ({ cloudMonitorAlarm }));
  const guard = changedConfiguration({}).pools[0]!.spec.guard;
  return changedConfiguration({ pool: { guard: { ...guard, blockWhile } } });
}

// Long stories, on a machine that may be busy.
jest.setTimeout(60_000);

describe('an alarm that the pool names in blockWhile', () => {
  let story: Story;
  afterEach(() => story.close());

  it('keeps everybody in while it fires, by its name, and holds no slot; then the run goes on (C29)', async () => {
    story = await openStory({ fleet: fleet(), configuration: listeningTo('checkout-errors', 'disk-full') });
    await story.announce(restart);
    await story.play({ until: once('is firing') });
    expect(story.notes()).toContain(
      'waits for a slot of web-hangzhou: the alarm "checkout-errors" is firing',
    );
    expect(await story.acts()).toEqual([]);
    expect((await story.leftovers()).slots).toEqual([]);
    await story.simulator.knock('PATCH', '/alarms/checkout-errors', { state: 'OK' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('that does not exist keeps everybody in, and people are told once (C29)', async () => {
    story = await openStory({ fleet: fleet(), configuration: listeningTo('chekout-errors') });
    await story.announce(restart);
    await story.play({ until: once('waits for a slot') });
    await story.advance(300);
    await story.play({ until: once('waits for a slot'), hours: 1 });
    const told = story.notes().filter((note) => note.startsWith('nobody of web-hangzhou goes out'));
    expect(told).toEqual([
      'nobody of web-hangzhou goes out: CloudMonitor knows no alarm rule "chekout-errors"; blockWhile names it',
    ]);
    expect(await story.acts()).toEqual([]);
  });
});

import { changedConfiguration, nothingLeft, openStory, reached, web2, type Story } from '../support/story';
import { exampleConfiguration } from '../support/configuration';

const eventId = 'e-bp1plannedtime00001';
const restartAt = (notBefore: string) => ({
  eventId,
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore,
});
/** Tuesday 23:00 in Hangzhou: two hours before it is 21:00, and no night lies before that. */
const beforeAnyNight = '2026-11-17T15:00:00Z';

function withPolicy(ifNoWindow: 'ask' | 'lastSafeMoment' | 'letProviderAct') {
  const timing = exampleConfiguration().playbooks[0]!.spec.timing;
  return changedConfiguration({ playbook: { timing: { ...timing, ifNoWindow } } });
}

async function firstActAt(story: Story): Promise<string | undefined> {
  const [first] = await story.acts();
  return first && new Date(first.at).toISOString();
}

describe('a planned time that leaves no window', () => {
  let story: Story;
  afterEach(() => story.close());

  it('makes the run hold and ask when the playbook says ask (C18)', async () => {
    story = await openStory({ configuration: withPolicy('ask') });
    await story.announce(restartAt(beforeAnyNight));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'no-window' }]);
    expect(story.callsForSomeone()).toHaveLength(1);
    expect(await story.acts()).toEqual([]);
  });

  it('makes the run begin at the last safe moment when the playbook says so (C18, C20)', async () => {
    story = await openStory({ configuration: withPolicy('lastSafeMoment') });
    await story.announce(restartAt(beforeAnyNight));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await firstActAt(story)).toBe('2026-11-17T12:00:00.000Z');
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('warns people 12 hours and 1 hour before the last safe moment, once each (C20)', async () => {
    const configuration = withPolicy('lastSafeMoment');
    const calendars = configuration.calendars.map((calendar) => ({
      ...calendar,
      spec: { ...calendar.spec, deny: [{ dates: [{ from: '2026-11-17', to: '2026-11-20' }] }] },
    }));
    story = await openStory({ configuration: { ...configuration, calendars } });
    await story.announce(restartAt('2026-11-18T23:10:00Z'));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const warnings = story.logged.filter(({ kind }) => kind === 'notice');
    expect(warnings.map(({ at, text }) => [new Date(at).toISOString(), text])).toEqual([
      ['2026-11-18T08:10:00.000Z', expect.stringContaining('the last safe moment is in 12h')],
      ['2026-11-18T19:10:00.000Z', expect.stringContaining('the last safe moment is in 1h')],
    ]);
    expect(await firstActAt(story)).toBe('2026-11-18T20:10:00.000Z');
  });

  it('leaves the restart to the provider, says so, and drains when it acts (C18)', async () => {
    story = await openStory({ configuration: withPolicy('letProviderAct') });
    await story.announce(restartAt(beforeAnyNight));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const notices = story.logged.filter(({ kind }) => kind === 'notice');
    expect(notices.map(({ text }) => text)).toEqual([
      expect.stringContaining('no window fits, and the provider acts at'),
      expect.stringContaining('the last safe moment is in 1h'),
    ]);
    const acts = await story.actSentences();
    expect(acts.filter((act) => act.startsWith('RebootInstance'))).toEqual([]);
    expect(acts.slice(0, 2)).toEqual([
      'SetBackendServers lb-bp1web0000001 web-2=0',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=0 web-2:8444=0',
    ]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});

describe('a planned time that moves', () => {
  let story: Story;
  afterEach(() => story.close());
  const move = (notBefore: string) => story.simulator.knock('PATCH', `/events/${eventId}`, { notBefore });

  it('earlier makes the run begin earlier, and says so (C9)', async () => {
    story = await openStory({ configuration: withPolicy('lastSafeMoment') });
    await story.announce(restartAt('2026-11-19T06:00:00Z'));
    await story.play({ until: reached('2026-11-17T08:00:00Z') });
    await move(beforeAnyNight);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await firstActAt(story)).toBe('2026-11-17T12:00:00.000Z');
    expect(story.notes()).toContain('the provider moved its planned time earlier');
  });

  it('earlier is noticed by the sweep when no push tells of it (C9)', async () => {
    story = await openStory({ configuration: withPolicy('lastSafeMoment') });
    await story.announce(restartAt('2026-11-19T06:00:00Z'));
    await story.play({ until: reached('2026-11-17T08:00:00Z') });
    await move(beforeAnyNight);
    await story.play({ pushes: false });
    expect(await firstActAt(story)).toBe('2026-11-17T12:00:00.000Z');
  });

  it('later lets the run wait for the night that is possible now (C9)', async () => {
    story = await openStory({ configuration: withPolicy('lastSafeMoment') });
    await story.announce(restartAt(beforeAnyNight));
    await story.play({ until: reached('2026-11-17T10:00:00Z') });
    await move('2026-11-19T06:00:00Z');
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await firstActAt(story)).toBe('2026-11-17T18:00:00.000Z');
    expect(story.notes()).toContain('the provider moved its planned time later');
  });

  it('so early that nothing fits any more makes the run hold before it has touched anything (C9)', async () => {
    story = await openStory();
    await story.announce(restartAt('2026-11-19T06:00:00Z'));
    await story.play({ until: reached('2026-11-17T08:00:00Z') });
    await move(beforeAnyNight);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'no-window' }]);
    expect(await story.acts()).toEqual([]);
  });

  it('back to where a night fits lets a run that held for it go on (C9)', async () => {
    story = await openStory();
    await story.announce(restartAt(beforeAnyNight));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'no-window' }]);
    await move('2026-11-19T06:00:00Z');
    await story.play({ until: ({ ends }) => ends()[0]?.end !== 'held' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await firstActAt(story)).toBe('2026-11-17T18:00:00.000Z');
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('past which nobody answered: a run that held goes on when the provider acts (C7)', async () => {
    story = await openStory();
    const weights = await story.weights(web2);
    await story.announce(restartAt(beforeAnyNight));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'no-window' }]);
    await story.play({ until: ({ ends }) => ends()[0]?.end !== 'held' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await story.acts()).map(({ action }) => action)).not.toContain('RebootInstance');
    expect(await story.weights(web2)).toEqual(weights);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('is forgotten once the event is cancelled, even when the run already holds', async () => {
    story = await openStory();
    await story.announce(restartAt(beforeAnyNight));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'no-window' }]);
    await story.simulator.knock('PATCH', `/events/${eventId}`, { status: 'Canceled' });
    await story.play({ until: ({ ends }) => ends()[0]?.end !== 'held' });
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'event-canceled' }]);
    await story.play();
    expect(await story.acts()).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});

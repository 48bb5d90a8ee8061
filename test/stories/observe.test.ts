import { changedConfiguration, openStory, web2, type Story } from '../support/story';

const restart = {
  eventId: 'e-bp1observed000000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};

describe('observe mode', () => {
  let story: Story;
  afterEach(() => story.close());

  it.each([
    ['settings', changedConfiguration({ settings: { mode: 'observe' } })],
    ['the pool', changedConfiguration({ pool: { mode: 'observe' } })],
    ['the playbook', changedConfiguration({ playbook: { mode: 'observe' } })],
  ])(
    'in %s makes no write of any kind, neither on the cloud nor in our bucket and queue (C82)',
    async (_where, configuration) => {
      story = await openStory({ configuration });
      await story.announce(restart);
      await story.play({ hours: 48 });
      expect(await story.writes()).toEqual([]);
      expect(story.ends()).toEqual([]);
      expect(story.failures()).toEqual([]);
      expect(
        story.notes().some((note) => note.startsWith('observe mode: planned-restart would answer')),
      ).toBe(true);
    },
  );

  it('in settings writes nothing for a payload that cannot be read either, and tells of it', async () => {
    story = await openStory({ configuration: changedConfiguration({ settings: { mode: 'observe' } }) });
    story.push('not json');
    await story.play({ hours: 1 });
    expect(await story.writes()).toEqual([]);
    expect(story.notes().some((note) => note.startsWith('set aside: '))).toBe(true);
  });
});

import { exampleFleet, nothingLeft, openStory, reached, web2, web3, type Story } from '../support/story';

const eventId = 'e-bp1goodone000000001';
const restart = {
  eventId,
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};

describe('a payload that cannot be used', () => {
  let story: Story;
  afterEach(() => story.close());

  /** The good event's two deliveries; the outbox is empty afterwards. */
  async function announced(event: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
    await story.announce(event);
    const { pushes } = (await story.simulator.knock('GET', '/pushes')) as { pushes: { body: string }[] };
    return pushes.map(({ body }) => body);
  }

  async function expectOneGoodRun(): Promise<void> {
    await story.play({ sweeps: false });
    expect(story.failures()).toEqual([]);
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await story.actSentences()).filter((act) => act === 'RebootInstance web-2')).toHaveLength(1);
    expect(await story.leftovers()).toEqual(nothingLeft);
  }
  const setAside = async () => (await story.journal('set-aside')).map(({ why }) => why);
  const tells = (words: string) => story.notes().some((note) => note.includes(words));

  it.each([
    ['text that is not JSON', '{"name":"Instance:SystemMaintenance.Reb'],
    ['nothing at all', ''],
    ['a number', '42'],
    ['an empty list', '[]'],
    ['an object about something else', '{"hello":"world"}'],
  ])('such as %s never stands in the way of the next (C11)', async (_what, body) => {
    story = await openStory();
    const good = await announced(restart);
    story.push(body, ...good);
    await expectOneGoodRun();
  });

  it('is set aside with its text and the reason (C11)', async () => {
    story = await openStory();
    story.push('{"name":"Instance:SystemMaintenance.Reb');
    await story.play({ until: () => true });
    expect(await story.journal('set-aside')).toMatchObject([
      {
        kind: 'set-aside',
        at: Date.parse('2026-11-17T07:10:00Z'),
        why: expect.stringContaining('JSON') as string,
        text: '{"name":"Instance:SystemMaintenance.Reb',
      },
    ]);
  });

  it('with an unknown status is set aside, and the next is handled (C11)', async () => {
    story = await openStory();
    const good = await announced(restart);
    story.push(good[0]!.replaceAll('Scheduled', 'Postponed'), ...good);
    await expectOneGoodRun();
    expect(await setAside()).toEqual([expect.stringContaining('found the status "Postponed"')]);
  });

  it('with an unknown maintenance code starts no run, and a person is called for a member of a pool (C11)', async () => {
    story = await openStory();
    const strange = await announced({ instanceId: web3, code: 'SystemMaintenance.Teleport' });
    const good = await announced(restart);
    story.push(...strange, ...good);
    await expectOneGoodRun();
    const warnings = story.logged.filter(({ kind }) => kind === 'warning').map(({ text }) => text);
    expect(warnings.some((text) => text.includes('"SystemMaintenance.Teleport" is not known'))).toBe(true);
    expect(story.callsForSomeone()).toEqual([
      expect.stringContaining('no playbook answers SystemMaintenance.Teleport'),
    ]);
  });

  it('about an event that ECS does not know starts no run (C10)', async () => {
    story = await openStory();
    const good = await announced(restart);
    story.push(good[0]!.replaceAll(eventId, 'e-bp1invented00000001'), ...good);
    await expectOneGoodRun();
    expect(tells('ECS does not know the event')).toBe(true);
  });

  it('about an instance that does not exist starts no run (C10)', async () => {
    story = await openStory();
    const good = await announced(restart);
    story.push(good[0]!.replaceAll(web2, 'i-bp1nobody00000000001'), ...good);
    await expectOneGoodRun();
    expect(tells('no run')).toBe(true);
  });

  it('about an instance in no pool is recorded as unmatched, once, and not retried (C10)', async () => {
    const fleet = exampleFleet();
    const stranger = { id: 'i-bp1stranger000000001', zone: 'cn-hangzhou-h', tags: { app: 'elsewhere' } };
    story = await openStory({ fleet: { ...fleet, instances: [...(fleet.instances ?? []), stranger] } });
    const strange = await announced({ instanceId: stranger.id, code: 'SystemMaintenance.Reboot' });
    const good = await announced(restart);
    story.push(...strange, ...good);
    await expectOneGoodRun();
    const unmatched = story.notes().filter((note) => note.includes(`${stranger.id} is in no pool`));
    expect(unmatched).toHaveLength(1);
    expect(await story.journal('unmatched')).toMatchObject([{ kind: 'unmatched', text: unmatched[0] }]);
  });

  it('from another account starts no run', async () => {
    story = await openStory();
    const good = await announced(restart);
    story.push(good[0]!.replaceAll('1690700000000030', '1999999999999999'), ...good);
    await expectOneGoodRun();
    expect(tells('it belongs to account 1999999999999999')).toBe(true);
  });

  it('beside good ones in one delivery drops none of them (C12)', async () => {
    story = await openStory();
    const [first] = await announced(restart);
    const [second] = await announced({ ...restart, eventId: 'e-bp1goodone000000002', instanceId: web3 });
    story.push(`[${second},{"name":"Instance:SystemMaintenance.Reboot:Scheduled"},7,${first}]`);
    await story.play({ sweeps: false });
    expect(story.ends()).toEqual([{ end: 'done' }, { end: 'done' }]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('is not retried for ever: an hour later it has been set aside once', async () => {
    story = await openStory();
    story.push('not json');
    await story.play({ until: reached('2026-11-17T09:00:00Z') });
    expect(await setAside()).toHaveLength(1);
    expect(story.failures()).toEqual([]);
  });
});

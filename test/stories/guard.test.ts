import {
  changedConfiguration,
  nothingLeft,
  once,
  openStory,
  reached,
  web1,
  web2,
  web3,
  type Story,
} from '../support/story';

const notBefore = '2026-11-19T06:00:00Z';
const restartOf = (instanceId: string) => ({ instanceId, code: 'SystemMaintenance.Reboot', notBefore });

interface Span {
  readonly instanceId: string;
  readonly from: number;
  readonly to: number;
}

/** The instants, in order, at which members went out (+) and came back (−). */
async function comingsAndGoings({ simulator }: Story): Promise<readonly string[]> {
  const { spans } = (await simulator.knock('GET', '/out-of-service')) as { spans: Span[] };
  return spans
    .flatMap(({ instanceId, from, to }) => [
      { at: from, text: `+ ${instanceId}` },
      { at: to, text: `- ${instanceId}` },
    ])
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text);
}

async function firstActAt(story: Story): Promise<string | undefined> {
  const [first] = await story.acts();
  return first && new Date(first.at).toISOString();
}

// Long stories, on a machine that may be busy.
jest.setTimeout(60_000);

describe('the guard of a pool', () => {
  let story: Story;
  afterEach(() => story.close());
  const patch = (id: string, change: object) => story.simulator.knock('PATCH', `/instances/${id}`, change);

  it('lets nobody go while another member is unhealthy, and lets go when it is healthy again (C23)', async () => {
    story = await openStory();
    await patch(web3, { status: 'Stopped' });
    await story.announce(restartOf(web2));
    await story.play({ until: reached('2026-11-17T19:00:00Z') });
    expect(await story.acts()).toEqual([]);
    expect(story.notes()).toContain(
      'waits for a slot of web-hangzhou: 1 healthy would be left and 2 must be; 3 members, 2 healthy → 1 while out; minHealthy 60% of 3 = 2; 0 of 1 out; zone cn-hangzhou-h 0 of 1 out',
    );
    await patch(web3, { status: 'Running' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await firstActAt(story)).toBe('2026-11-17T19:01:00.000Z');
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('lets go in the next night when the rest of this one is too short for a run (C19)', async () => {
    story = await openStory();
    await patch(web3, { status: 'Stopped' });
    await story.announce(restartOf(web2));
    await story.play({ until: reached('2026-11-17T20:10:00Z') });
    await patch(web3, { status: 'Running' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await firstActAt(story)).toBe('2026-11-18T18:00:00.000Z');
  });

  it('calls a person when no window is left in which it could let go', async () => {
    story = await openStory();
    await patch(web3, { status: 'Stopped' });
    await story.announce({ ...restartOf(web2), notBefore: '2026-11-18T06:00:00Z' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'no-window' }]);
    expect(story.callsForSomeone()).toHaveLength(1);
    expect(await story.acts()).toEqual([]);
    expect((await story.leftovers()).slots).toEqual([]);
  });

  it('lets one member out at a time: of two events due in one night the second follows the first (C25)', async () => {
    story = await openStory();
    await story.announce(restartOf(web1));
    await story.announce(restartOf(web3));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }, { end: 'done' }]);
    expect(await comingsAndGoings(story)).toEqual([`+ ${web1}`, `- ${web1}`, `+ ${web3}`, `- ${web3}`]);
    const reboots = (await story.acts()).filter(({ action }) => action === 'RebootInstance');
    expect(reboots.map(({ target }) => target)).toEqual([web1, web3]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('carries three members through one night, one after the other, each exactly as it was', async () => {
    story = await openStory();
    for (const id of [web3, web2, web1]) await story.announce(restartOf(id));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }, { end: 'done' }, { end: 'done' }]);
    const lines = (await story.journal('pools/web-hangzhou')).map(({ kind }) => kind);
    const ledger = lines.filter((kind) => kind !== 'waiting');
    expect(ledger).toEqual(['taken', 'returned', 'taken', 'returned', 'taken', 'returned']);
    expect(await story.weights(web1)).toEqual({
      default: 100,
      'rsp-bp1web8443/8443': 100,
      'rsp-bp1web8443/8444': 100,
    });
    expect(await story.weights(web3)).toEqual({
      default: 50,
      'rsp-bp1web8443/8443': 50,
      'rsp-bp1web8443/8444': 50,
    });
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('lets two out at once from different zones, never two of one zone (C26)', async () => {
    const guard = {
      minHealthy: { count: 1 },
      maxOut: { count: 2 },
      maxOutPerZone: { count: 1 },
      allowLast: false,
    };
    story = await openStory({ configuration: changedConfiguration({ pool: { guard } }) });
    for (const id of [web1, web2, web3]) await story.announce(restartOf(id));
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }, { end: 'done' }, { end: 'done' }]);
    const order = await comingsAndGoings(story);
    expect(order.slice(0, 2)).toEqual([`+ ${web1}`, `+ ${web3}`]);
    expect(order.indexOf(`+ ${web2}`)).toBeGreaterThan(order.indexOf(`- ${web1}`));
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('gives the slot of a withdrawn run to the next', async () => {
    story = await openStory();
    const first = await story.announce(restartOf(web1));
    await story.announce(restartOf(web2));
    await story.play({ until: once('1 healthy would be left and 2 must be') });
    await story.simulator.knock('PATCH', `/events/${first}`, { status: 'Canceled' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'withdrawn', reason: 'event-canceled' }, { end: 'done' }]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});

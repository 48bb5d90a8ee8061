import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { exampleFleet, nothingLeft, openStory, web2, web3, type Story } from '../support/story';

const eventId = 'e-bp1goodone000000001';
const restart = {
  eventId,
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const today = 'sweeps/2026-11-17';

describe('a payload that somebody forged', () => {
  let story: Story;
  let good: readonly string[];
  beforeEach(async () => {
    story = await openStory({ fleet: exampleFleet() });
    await story.announce(restart);
    const { pushes } = (await story.simulator.knock('GET', '/pushes')) as { pushes: { body: string }[] };
    good = pushes.map(({ body }) => body);
  });
  afterEach(() => story.close());

  const codes = async () => (await story.journal(today)).flatMap(({ code }) => code ?? []);

  async function expectOneGoodRun(): Promise<void> {
    await story.play({ sweeps: false });
    expect(story.failures()).toEqual([]);
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect((await story.actSentences()).filter((act) => act.startsWith('Reboot'))).toEqual([
      'RebootInstance web-2',
    ]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  }

  it.each([
    [
      'of a foreign account',
      'foreign-account',
      (text: string) => text.replaceAll('1690700000000030', '1999999999999999'),
    ],
    [
      'of a region that is not ours',
      'foreign-account',
      (text: string) => text.replaceAll('cn-hangzhou', 'cn-beijing'),
    ],
    [
      'about an event that ECS does not know',
      'unknown-event',
      (text: string) => text.replaceAll(eventId, 'e-bp1invented00000001'),
    ],
    [
      'about an event with an id of no event',
      'unknown-event',
      (text: string) => text.replaceAll(eventId, 'x-1'),
    ],
    [
      'that moves an event to another instance',
      'unknown-event',
      (text: string) => text.replaceAll(web2, web3),
    ],
    [
      'about an instance that nobody knows',
      'unknown-event',
      (text: string) => text.replaceAll(web2, 'i-bp1nobody00000000001'),
    ],
    ['that is no JSON', 'unreadable', (text: string) => text.slice(0, 60)],
    ['of a megabyte and more', 'too-large', (text: string) => `[${text},"${'x'.repeat(1024 * 1024)}"]`],
  ])('%s starts no run, is counted as %s, and stops no other one (C90)', async (_what, code, forge) => {
    story.push(...good.map(forge), ...good);
    await story.play({ sweeps: false, until: () => true });
    expect(story.failures()).toEqual([]);
    expect(story.ends()).toEqual([{ end: 'forward' }]);
    expect(await story.acts()).toEqual([]);
    expect(new Set(await codes())).toEqual(new Set([code]));
  });

  it('from another source than ECS starts no run, whatever its type says (C90)', async () => {
    const forged = good
      .filter((body) => body.includes('"acs.ecs"'))
      .map((body) => body.replace('acs.ecs', 'my.app'));
    expect(forged).toHaveLength(1);
    story.push(...forged);
    await story.play({ sweeps: false, hours: 1 });
    expect(story.ends()).toEqual([]);
    expect(await codes()).toEqual(['not-ecs']);
  });

  it('beside a good one in one delivery is refused alone (C90)', async () => {
    const [first = ''] = good;
    story.push(`[${first.replaceAll(eventId, 'e-bp1invented00000001')},${first}]`);
    await expectOneGoodRun();
    expect(await codes()).toEqual(['unknown-event']);
  });

  it('that claims another time or status for a true event changes nothing: what ECS says counts (C90)', async () => {
    story.push(
      ...good.map((body) => body.replaceAll('Scheduled', 'Executing').replaceAll('2026-11-19', '2026-11-17')),
    );
    await expectOneGoodRun();
    expect(await codes()).toEqual([]);
  });

  it('is told once a day, and the sweep tells how many there were (C90)', async () => {
    const [first = ''] = good;
    const forged = first.replaceAll(eventId, 'e-bp1invented00000001');
    story.push(forged, forged, first.replaceAll('1690700000000030', '1999999999999999'));
    await story.play({ hours: 1, pushes: true });
    const refused = story.notes().filter((note) => note.startsWith('refused: '));
    expect(refused).toEqual([
      'refused: SystemMaintenance.Reboot Scheduled e-bp1invented00000001: no run, ECS does not know the event; it may have been a test',
      'refused: SystemMaintenance.Reboot Scheduled e-bp1goodone000000001: no run, it belongs to account 1999999999999999, region cn-hangzhou',
    ]);
    const told = story.logged.filter(({ kind, data }) => kind === 'sweep' && data?.['refused'] !== undefined);
    expect(told.map(({ data }) => [data?.['refused'], data?.['refusedBy']])).toEqual([
      [2, { 'unknown-event': 1, 'foreign-account': 1 }],
    ]);
  });
});

describe('the functions', () => {
  it('can be started by nobody over HTTP: the template declares no such trigger, and no public address (C90)', () => {
    const template = parseDocument(readFileSync('template.yml', 'utf8'), {
      logLevel: 'silent',
    }).toJS() as object;
    const text = JSON.stringify(template).toLowerCase();
    expect(text).toContain('"triggertype"');
    expect(text).not.toMatch(/"triggertype":"http"/);
    expect(text).not.toMatch(/customdomain|anonymous/);
  });
});

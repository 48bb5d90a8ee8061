import { back, configurationOf, drain } from '../support/playbook-text';
import { nothingLeft, openStory, web2, type Story } from '../support/story';

const event = {
  eventId: 'e-bp1redeploy00000001',
  instanceId: web2,
  code: 'SystemMaintenance.Redeploy',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };

const playbook = (more = '') => `
match:
  events: [SystemMaintenance.Redeploy, SystemFailure.Redeploy, SystemMaintenance.Stop, SystemFailure.Stop]
  pools: [web-hangzhou]
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 60m }
steps:${drain}
  - { id: move, use: answer-event, commit: true, with: { localData: mayBeLost, atMost: 20m } }
  - { id: moved, use: await-event, with: { states: [Executed, Avoided], atMost: 20m } }${back}
${more}`;

describe('an event that asks for a move', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory({ configuration: configurationOf(playbook()) });
  });
  afterEach(() => story.close());

  const answers = async () => (await story.actSentences()).filter((act) => !/^(Set|RunCommand)/.test(act));

  async function expectServing(): Promise<void> {
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  }

  it('is answered by one redeployment in the window, though its answer is lost (C75)', async () => {
    await story.fault('drop-after', { action: 'RedeployInstance', times: 3 });
    await story.announce(event);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await answers()).toEqual(['RedeployInstance web-2']);
    await expectServing();
  });

  it('that bounces is seen by its task, the instance serves again, and someone is called (C50)', async () => {
    await story.fault('redeploy-bounces', {});
    await story.announce(event);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'infeasible', reason: 'redeploy-bounced' }]);
    expect(story.callsForSomeone()).toHaveLength(1);
    expect(await answers()).toEqual(['RedeployInstance web-2']);
    await expectServing();
  });

  it.each(['Inquiring', 'Scheduled'])(
    'of a failed host is answered at once when it is %s',
    async (status) => {
      await story.announce({ ...event, code: 'SystemFailure.Redeploy', status });
      await story.play({ hours: 1 });
      expect(story.ends()).toEqual([{ end: 'done' }]);
      expect(await answers()).toEqual(['RedeployInstance web-2']);
      await expectServing();
    },
  );

  it('is left alone when the provider moved the instance first', async () => {
    await story.announce({ ...event, status: 'Executing' });
    await story.play({ hours: 2 });
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await answers()).toEqual([]);
    await expectServing();
  });
});

describe('an instance that the platform stops', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory({ configuration: configurationOf(playbook()) });
  });
  afterEach(() => story.close());

  it.each(['SystemMaintenance.Stop', 'SystemFailure.Stop'])(
    'by %s is drained, started once it is stopped, and serves again (C75)',
    async (code) => {
      await story.fault('drop-after', { action: 'StartInstance' });
      await story.announce({ ...event, code });
      await story.play({ hours: 48 });
      expect(story.ends()).toEqual([{ end: 'done' }]);
      const acts = (await story.actSentences()).filter((act) => !act.startsWith('RunCommand'));
      expect(acts.slice(-3)).toEqual([
        'StartInstance web-2',
        'SetBackendServers lb-bp1web0000001 web-2=100',
        'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=100 web-2:8444=100',
      ]);
      expect(await story.leftovers()).toEqual(nothingLeft);
    },
  );
});

describe('a stop that is pulled earlier', () => {
  it('happens in the window, while the traffic is away', async () => {
    const pulled = playbook().replace(
      '{ localData: mayBeLost, atMost: 20m }',
      '{ action: wait, pullEarlier: true, localData: mayBeLost, atMost: 20m }',
    );
    const story = await openStory({ configuration: configurationOf(pulled) });
    await story.fault('drop-after', { action: 'ModifySystemEventAttribute' });
    await story.announce({ ...event, code: 'SystemMaintenance.Stop' });
    await story.play({ hours: 24 });
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const acts = (await story.actSentences()).filter((act) => !act.startsWith('Set'));
    expect(acts).toEqual([
      'RunCommand web-2 drain-quiet',
      expect.stringMatching(/^ModifySystemEventAttribute/),
      'StartInstance web-2',
    ]);
    await story.close();
  });
});

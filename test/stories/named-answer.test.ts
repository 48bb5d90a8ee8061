import { back, configurationOf, drain } from '../support/playbook-text';
import {
  changedConfiguration,
  exampleFleet,
  nothingLeft,
  once,
  openStory,
  web2,
  type Story,
} from '../support/story';

const event = {
  eventId: 'e-bp1namedanswer0001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };

const playbook = (states: string, action: string, more = '') => `
match: { events: [SystemMaintenance.Reboot], states: [${states}], pools: [web-hangzhou] }
timing: { calendar: nights, finishBefore: "planned - 2h", maxRun: 60m }
steps:${drain}
  - { id: answer, use: answer-event, commit: true, with: { action: ${action}, atMost: 20m } }
  - { id: cleared, use: await-event, with: { states: [Executed, Avoided], atMost: 10m } }${back}
${more}`;

let story: Story;
afterEach(() => story.close());

/** Everything but traffic and commands. */
const answers = async () => (await story.actSentences()).filter((act) => !/^(Set|RunCommand)/.test(act));

async function expectServing(): Promise<void> {
  expect(await story.weights(web2)).toEqual(full);
  expect(await story.leftovers()).toEqual(nothingLeft);
}

describe('an answer that the playbook names', () => {
  it.each([
    ['restart', 'Scheduled', 'RebootInstance', ['RebootInstance web-2']],
    ['accept', 'Inquiring', 'AcceptInquiredSystemEvent', [`AcceptInquiredSystemEvent ${event.eventId}`]],
  ])(
    '%s is given once, though its answer is lost (C47, C49, C75)',
    async (action, status, call, expected) => {
      story = await openStory({ configuration: configurationOf(playbook(status, action)) });
      await story.fault('drop-after', { action: call, times: 3 });
      await story.announce({ ...event, status });
      await story.play();
      expect(story.ends()).toEqual([{ end: 'done' }]);
      expect(await answers()).toEqual(expected);
      await expectServing();
    },
  );

  it('stopStart keeps what the instance pays for, and clears the event where ECS takes it so (C47, C75)', async () => {
    const switches = {
      stopStartAnswersReboot: true,
      stopsInEconomicalMode: true,
      noStockAfterEconomicalStop: true,
    };
    story = await openStory({
      fleet: { ...exampleFleet(), switches },
      configuration: configurationOf(playbook('Scheduled', 'stopStart')),
    });
    await story.fault('drop-after', { action: 'StopInstance', times: 3 });
    await story.fault('drop-after', { action: 'StartInstance', times: 3 });
    await story.announce(event);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await answers()).toEqual(['StopInstance web-2', 'StartInstance web-2']);
    await expectServing();
  });

  it('stopStart that does not clear the event is no success, and the ladder is climbed (C48)', async () => {
    const ladder = 'ladder: [{ use: restart-instance, after: 12h, atMost: 20m }]';
    story = await openStory({ configuration: configurationOf(playbook('Scheduled', 'stopStart', ladder)) });
    await story.announce(event);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await answers()).toEqual(['StopInstance web-2', 'StartInstance web-2', 'RebootInstance web-2']);
    await expectServing();
  });

  it('stopStart holds where the stop hangs and may not be forced (C51)', async () => {
    story = await openStory({ configuration: configurationOf(playbook('Scheduled', 'stopStart')) });
    await story.fault('stop-hangs', { target: web2 });
    await story.announce(event);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'stopping-too-long' }]);
    expect(await answers()).toEqual(['StopInstance web-2']);
    expect(story.callsForSomeone()).toHaveLength(1);
  });

  it('that is none to the event holds when it is announced, and goes on once it is one (C52)', async () => {
    const { steps } = configurationOf(playbook('Inquiring', 'accept')).playbooks[0]!.spec;
    story = await openStory({ configuration: changedConfiguration({ playbook: { steps } }) });
    await story.announce(event);
    await story.play({ hours: 1, until: once('an acceptance does not answer') });
    expect(story.ends()).toEqual([{ end: 'held', reason: 'wrong-answer' }]);
    expect(story.world.now()).toBeLessThan(Date.parse('2026-11-17T07:30:00Z'));
    expect(story.callsForSomeone()).toEqual([
      expect.stringContaining(
        'an acceptance does not answer SystemMaintenance.Reboot while it is Scheduled; right would be action: fromEvent or restart',
      ),
    ]);
    await story.simulator.knock('PATCH', `/events/${event.eventId}`, { status: 'Inquiring' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await answers()).toEqual([`AcceptInquiredSystemEvent ${event.eventId}`]);
    await expectServing();
  });
});

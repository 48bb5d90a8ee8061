import type { Step } from '../../src/playbook/configuration';
import { changedConfiguration, nothingLeft, once, openStory, web2, type Story } from '../support/story';

const advice = {
  eventId: 'e-bp1lowered00000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const full = { default: 100, 'rsp-bp1web8443/8443': 100, 'rsp-bp1web8443/8444': 100 };
const lowered = { default: 10, 'rsp-bp1web8443/8443': 10, 'rsp-bp1web8443/8444': 10 };
const exampleSteps = changedConfiguration({}).playbooks[0]?.spec.steps ?? [];

/** Less new work until the provider has done its own, and no answer. */
const adviceSteps: readonly Step[] = exampleSteps.flatMap((step): readonly Step[] => {
  if (step.use === 'drain-traffic') {
    return [{ ...step, with: { ...step.with, how: 'lower', weight: 10, quiet: undefined } }];
  }
  if (step.use === 'await-event') {
    return [{ ...step, commit: true, with: { ...step.with, atMost: 72 * 3_600_000 } }];
  }
  return step.use === 'restore-traffic' ? [step] : [];
});

describe('a playbook that only stops new work', () => {
  let story: Story;
  afterEach(() => story.close());

  const open = async (steps: readonly Step[]) => {
    story = await openStory({ configuration: changedConfiguration({ playbook: { steps } }) });
    await story.announce(advice);
  };

  it('lowers the weights, takes nothing to 0, and brings them back once the event is over (C38)', async () => {
    await open(adviceSteps);
    await story.play({ until: once('at 10% of the weight in 3 places') });
    expect(await story.weights(web2)).toEqual(lowered);
    await story.simulator.knock('PATCH', '/events/e-bp1lowered00000001', { status: 'Executed' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.actSentences()).toEqual([
      'SetBackendServers lb-bp1web0000001 web-2=10',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=10 web-2:8444=10',
      'SetBackendServers lb-bp1web0000001 web-2=50',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=50 web-2:8444=50',
      'SetBackendServers lb-bp1web0000001 web-2=100',
      'SetVServerGroupAttribute rsp-bp1web8443 web-2:8443=100 web-2:8444=100',
    ]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('brings back what a crash left in doubt, and leaves what a person set (C38, C75)', async () => {
    await open(adviceSteps);
    await story.fault('drop-after', { product: 'slb', action: 'SetBackendServers' });
    await story.play({ until: once('at 10% of the weight in 3 places') });
    await story.simulator.knock('PUT', '/weights', {
      loadBalancer: 'lb-bp1web0000001',
      server: web2,
      weight: 30,
    });
    await story.simulator.knock('PATCH', '/events/e-bp1lowered00000001', { status: 'Executed' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(web2)).toEqual({ ...full, default: 30 });
  });

  it('never answers with a restart: the instance has traffic, and the weights come back (C38)', async () => {
    const steps = exampleSteps.map((step): Step =>
      step.use === 'drain-traffic'
        ? { ...step, with: { ...step.with, how: 'lower', weight: 10, quiet: undefined } }
        : step,
    );
    await open(steps);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'takes-traffic' }]);
    expect((await story.actSentences()).filter((act) => act.startsWith('RebootInstance'))).toEqual([]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});

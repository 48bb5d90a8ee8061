import pc from 'picocolors';
import { planPage } from '../../src/cli/plan-page';
import { preview } from '../../src/engine/preview';
import { intake } from '../../src/engine/intake';
import { stepTypes } from '../../src/steps';
import { exampleConfiguration } from '../support/configuration';
import { changedConfiguration, exampleFleet, openStory, web1, web2, type Story } from '../support/story';

const restart = { instanceId: web2, code: 'SystemMaintenance.Reboot', notBefore: '2026-11-18T23:10:00Z' };

const paint = pc.createColors(false);

let story: Story;
beforeEach(async () => {
  story = await openStory({ asPerson: true });
});
afterEach(() => story.close());

/** What is seen ahead for an event, and every write that looking made. */
async function ahead(event: Readonly<Record<string, unknown>>, configuration = story.configuration) {
  const id = await story.announce(event);
  const known = await story.world.cloud.events.get({
    id,
    code: String(event['code']),
    instanceId: String(event['instanceId']),
  });
  if (known === undefined) throw new Error(`no event ${id}`);
  const seen = await preview(story.world, configuration, known);
  const { writes } = (await story.simulator.knock('GET', '/writes')) as { writes: readonly unknown[] };
  return { seen, writes, known };
}

describe('a preview', () => {
  it('says when and by which numbers a restart would be done, and writes nothing', async () => {
    const { seen, writes } = await ahead(restart);
    expect(writes).toEqual([]);
    expect(seen).toMatchObject({
      verdict: 'change',
      reasons: [],
      planned: {
        playbook: 'planned-restart',
        pool: 'web-hangzhou',
        window: { kind: 'later', at: Date.parse('2026-11-17T18:00:00Z'), name: 'nights' },
        whyNotSooner: ['the calendar is closed until Wed 18 Nov 02:00'],
        mustEnd: Date.parse('2026-11-18T21:10:00Z'),
        lastSafeMoment: Date.parse('2026-11-18T20:10:00Z'),
        guard: {
          allowed: true,
          arithmetic: { members: 3, healthyWhileOut: 2, minHealthy: 2, out: 0, maxOut: 1 },
        },
        commit: { number: 9, id: 'restart', of: 14 },
      },
    });
    expect(seen.planned?.memberships.map(({ weight }) => weight)).toEqual([100, 100, 100]);
    expect(seen.planned?.writes).toEqual([
      'weight 0 in clb/lb-bp1web0000001/default',
      'weight 0 in clb/lb-bp1web0000001/rsp-bp1web8443',
      'RunCommand: count connections',
      'RunCommand: save /data1/app-state',
      `RebootInstance ${web2}`,
      'weight 10% → 50% → 100% of what it was in clb/lb-bp1web0000001/default',
      'weight 10% → 50% → 100% of what it was in clb/lb-bp1web0000001/rsp-bp1web8443',
    ]);
  });

  it('says when weights are lowered ahead of the work, and when the work begins (C41)', async () => {
    const [playbook] = story.configuration.playbooks;
    if (playbook === undefined) throw new Error('the example has a playbook');
    const softly = (before: number) =>
      changedConfiguration({
        playbook: { timing: { ...playbook.spec.timing, softDrain: { before, weight: 20 } } },
      });
    const { seen } = await ahead(restart, softly(30 * 60_000));
    expect(seen.planned).toMatchObject({
      window: { kind: 'later', at: Date.parse('2026-11-17T18:00:00Z'), name: 'nights' },
      softDrain: { percent: 20, from: Date.parse('2026-11-17T17:30:00Z') },
      whyNotSooner: ['the calendar is closed until Wed 18 Nov 02:00'],
      lastSafeMoment: Date.parse('2026-11-18T20:10:00Z'),
    });
    expect(seen.planned?.writes.slice(0, 2)).toEqual([
      'weight 20% of what it was in clb/lb-bp1web0000001/default',
      'weight 20% of what it was in clb/lb-bp1web0000001/rsp-bp1web8443',
    ]);
    expect(planPage(seen, paint)).toContain(
      'Wed 18 Nov 02:00 (window nights; soft drain to 20% from Wed 18 Nov 01:30)',
    );
    const { seen: long } = await ahead(restart, softly(24 * 3_600_000));
    expect(planPage(long, paint)).toContain(
      'Thu 19 Nov 02:00 (window nights; soft drain to 20% from Wed 18 Nov 02:00)',
    );
    const soon = { ...restart, notBefore: '2026-11-18T00:00:00Z' };
    const { seen: short } = await ahead(soon, softly(24 * 3_600_000));
    expect(planPage(short, paint)).toContain(
      'Wed 18 Nov 02:00 (window nights; soft drain to 20% from Tue 17 Nov 15:10)',
    );
  });

  it('is blocked when no window leaves enough time', async () => {
    const { seen } = await ahead({ ...restart, notBefore: '2026-11-17T14:00:00Z' });
    expect(seen.verdict).toBe('blocked');
    expect(seen.reasons).toEqual([expect.stringContaining('no window')]);
  });

  it('is blocked while the guard says no', async () => {
    await story.simulator.knock('PATCH', `/instances/${web1}`, { status: 'Stopped' });
    const { seen } = await ahead(restart);
    expect(seen.verdict).toBe('blocked');
    expect(seen.reasons).toEqual([expect.stringContaining('1 healthy would be left and 2 must be')]);
  });

  it('is blocked by a hold that lasts beyond the opening of the window (C22)', async () => {
    const hold = (Value: string) =>
      story.simulator.call('ecs', 'TagResources', {
        ResourceType: 'instance',
        ResourceId: [web2],
        Tag: [{ Key: 'ecs-failover:hold', Value }],
      });
    await hold('2026-11-17');
    const { seen, known } = await ahead(restart);
    expect(seen).toMatchObject({ verdict: 'change', reasons: [] });
    await hold('2026-11-18');
    expect(await preview(story.world, story.configuration, known)).toMatchObject({
      verdict: 'blocked',
      reasons: ['the instance is held by its tag ecs-failover:hold until Thu 19 Nov 00:00'],
    });
  });

  it('tells that a member of a scaling group is protected meanwhile (C33)', async () => {
    await story.close();
    const scalingGroups = [{ id: 'asg-bp1web00000000001', members: [{ instance: web2 }] }];
    story = await openStory({ asPerson: true, fleet: { ...exampleFleet(), scalingGroups } });
    const { seen, writes } = await ahead(restart);
    expect(writes).toEqual([]);
    expect([seen.planned?.writes[0], seen.planned?.writes.at(-1)]).toEqual([
      'SetInstancesProtection true in asg-bp1web00000000001',
      'SetInstancesProtection false in asg-bp1web00000000001',
    ]);
  });

  it('tells which weights Auto Scaling writes itself where a member stands by (C33)', async () => {
    await story.close();
    const attached = [{ group: 'clb/lb-bp1web0000001/default', weight: 80 }];
    const member = { id: 'asg-bp1web00000000001', minSize: 1, members: [{ instance: web2 }], attached };
    story = await openStory({ asPerson: true, fleet: { ...exampleFleet(), scalingGroups: [member] } });
    const standby = changedConfiguration({ pool: { scaling: 'standby' } });
    const { seen, known, writes } = await ahead(restart, standby);
    expect(writes).toEqual([]);
    expect(seen.planned?.writes.slice(0, 2)).toEqual([
      'EnterStandby in asg-bp1web00000000001: it sets weight 0 in clb/lb-bp1web0000001/default',
      'weight 0 in clb/lb-bp1web0000001/rsp-bp1web8443',
    ]);
    expect(seen.planned?.writes.slice(-2)).toEqual([
      'ExitStandby in asg-bp1web00000000001',
      'weight as just before that in clb/lb-bp1web0000001/default',
    ]);
    expect(planPage(seen, paint)).toContain(
      'asg-bp1web00000000001 sets its weights itself, to 0 and back to its own: what was there is set again, which leaves 0 in service, fewer than its minimum of 1',
    );
    await story.world.cloud.scaling.enterStandby('asg-bp1web00000000001', web2);
    const { planned } = await preview(story.world, standby, known);
    expect(planned?.scaling).toBe('is Standby in asg-bp1web00000000001, which is left so');
    expect(planned?.writes[0]).toBe('weight 0 in clb/lb-bp1web0000001/rsp-bp1web8443');
  });

  it('finds nothing to do in observe mode', async () => {
    const configuration = exampleConfiguration();
    const { settings } = configuration;
    const observing = { ...settings, spec: { ...settings.spec, mode: 'observe' as const } };
    const { seen } = await ahead(restart, { ...configuration, settings: observing });
    expect(seen).toMatchObject({ verdict: 'nothing', reasons: ['observe mode: nothing is written'] });
  });

  it('finds nothing to do where no playbook answers', async () => {
    const { seen } = await ahead({ ...restart, code: 'SystemMaintenance.Redeploy' });
    expect(seen.verdict).toBe('nothing');
    expect(seen.reasons).toEqual(['no playbook answers SystemMaintenance.Redeploy for pool web-hangzhou']);
  });

  it('knows the run that is under way already', async () => {
    const { known } = await ahead(restart);
    const shift = { steps: stepTypes, until: story.world.now() + 100_000 };
    await intake(story.world, shift, story.configuration, known);
    const seen = await preview(story.world, story.configuration, known);
    expect(seen.run).toEqual({ id: expect.stringMatching(/^run-/) as string, phase: 'forward' });
  });

  it('tells a documented refusal beforehand (C52)', async () => {
    await story.simulator.knock('PATCH', `/instances/${web2}`, { lock: 'security' });
    const { seen } = await ahead(restart);
    expect(seen.verdict).toBe('blocked');
    expect(seen.reasons).toEqual([
      'ECS would refuse to touch the instance: it is locked for security (InstanceLockedForSecurity); the lock must be lifted first',
    ]);
  });

  it('tells that the answer which the playbook names is none (C52)', async () => {
    const { steps } = story.configuration.playbooks[0]!.spec;
    const named = steps.map((step) =>
      step.use === 'answer-event' ? { ...step, with: { ...step.with, action: 'accept' as const } } : step,
    );
    const { seen } = await ahead(restart, changedConfiguration({ playbook: { steps: named } }));
    expect(seen.verdict).toBe('blocked');
    expect(seen.reasons).toEqual([
      'an acceptance does not answer SystemMaintenance.Reboot while it is Scheduled; right would be action: fromEvent or restart or redeploy or stopStart',
    ]);
  });

  it('tells that an event is not answered by a restart (C52)', async () => {
    const code = 'SystemMaintenance.StopAndRepair';
    const { match } = story.configuration.playbooks[0]!.spec;
    const configuration = changedConfiguration({ playbook: { match: { ...match, events: [code] } } });
    const { seen } = await ahead({ ...restart, code }, configuration);
    expect(seen.reasons).toEqual([`a scheduled ${code} is not answered by a restart`]);
  });

  it('shows whom a missing window makes the run ask, and the ladder', async () => {
    const configuration = changedConfiguration({
      playbook: {
        approval: {
          when: 'noWindow',
          from: ['leads'],
          need: 1,
          noAnswer: { after: 7_200_000, then: 'hold' },
        },
        ladder: [{ use: 'call-someone' }],
      },
      settings: { people: [{ name: 'leads', ramUsers: ['lead', 'deputy'] }] },
    });
    const { seen } = await ahead({ ...restart, notBefore: '2026-11-17T14:00:00Z' }, configuration);
    expect(seen.planned?.approval).toEqual({ when: 'noWindow', from: ['lead', 'deputy'], need: 1 });
    expect(seen.planned?.ladder).toEqual(['call-someone']);
    expect(seen.reasons).toEqual([expect.stringMatching(/^no window: .*; people are asked instead$/)]);
    expect(planPage(seen, paint)).toContain('1 of lead, deputy, when there is no window');
  });

  it('knows that an emergency waits for no window, and only for the hard floor (C21)', async () => {
    const code = 'SystemFailure.Redeploy';
    const { match } = story.configuration.playbooks[0]!.spec;
    const configuration = changedConfiguration({ playbook: { match: { ...match, events: [code] } } });
    const event = { instanceId: web2, code, status: 'Inquiring' };
    const { seen } = await ahead(event, configuration);
    expect(seen).toMatchObject({ verdict: 'change', planned: { window: { kind: 'now' } } });
    expect(seen.planned?.guard.sentence).toContain('hardFloor');
    expect(planPage(seen, paint)).toContain('now: an emergency waits for no window');
  });

  it('finds nothing to answer once the provider acts (C8)', async () => {
    const { seen } = await ahead({ ...restart, status: 'Executing' });
    expect(seen).toMatchObject({
      verdict: 'nothing',
      reasons: ['the provider went first; planned-restart only looks whether it ends well'],
    });
  });
});

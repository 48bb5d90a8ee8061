import * as z from 'zod';
import type { NamedAnswer } from '../../src/event/named-answer';
import type { SystemEvent } from '../../src/event/system-event';
import type { Configuration, Playbook, Pool } from '../../src/playbook/configuration';
import { matchPlaybook, type Match } from '../../src/playbook/match';
import { makePlan } from '../../src/playbook/plan';
import type { Condition } from '../../src/run/condition';
import type { Facts } from '../../src/run/run';
import { SlotParameters } from '../../src/steps/slot/parameters';
import { stepTypes } from '../../src/steps';
import type { Scene } from '../../src/steps/define-step';
import { exampleConfiguration } from '../support/configuration';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const example = exampleConfiguration();
const tags = { app: 'storefront', role: 'web' };
const event: SystemEvent = {
  id: 'e-1',
  code: 'SystemMaintenance.Reboot',
  status: 'Scheduled',
  account: '1690700000000030',
  region: 'cn-hangzhou',
  instanceId: 'i-bp1web0000000000001',
  notBefore: Date.parse('2026-11-19T02:00:00Z'),
};

type Target = Parameters<typeof makePlan>[2];
type Mode = Configuration['settings']['spec']['mode'];

const [pool] = example.pools;
const [playbook] = example.playbooks;
if (pool === undefined || playbook === undefined) throw new Error('the example has no pool or no playbook');

/** The example's playbook with another answer. */
function answering(action: NamedAnswer): Playbook {
  const steps = playbook!.spec.steps.map((step) =>
    step.use === 'answer-event' ? { ...step, with: { ...step.with, action } } : step,
  );
  return playbookNamed('one', { steps });
}

function playbookNamed(
  name: string,
  spec: Partial<Omit<Playbook['spec'], 'match'>> & { match?: object } = {},
): Playbook {
  const match = { ...playbook!.spec.match, ...spec.match };
  return {
    ...playbook!,
    metadata: { ...playbook!.metadata, name },
    spec: { ...playbook!.spec, ...spec, match },
  };
}
function poolNamed(name: string, spec: Partial<Pool['spec']> = {}): Pool {
  return { ...pool!, metadata: { ...pool!.metadata, name }, spec: { ...pool!.spec, ...spec } };
}
const withPlaybooks = (...playbooks: readonly Playbook[]): Configuration => ({ ...example, playbooks });

describe('the playbook that answers', () => {
  const nameOf = (found: ReturnType<typeof matchPlaybook>) =>
    'none' in found ? found.none : `${found.playbook.metadata.name} in ${found.pool.metadata.name}`;

  it.each<[string, Configuration, Partial<SystemEvent>, Record<string, string>, string]>([
    ['is the one for code and pool', example, {}, tags, 'planned-restart in web-hangzhou'],
    ['does not mind further tags', example, {}, { ...tags, owner: 'x' }, 'planned-restart in web-hangzhou'],
    [
      'is none for an instance in no pool',
      example,
      {},
      { app: 'storefront' },
      'i-bp1web0000000000001 is in no pool',
    ],
    [
      'is none for another code',
      example,
      { code: 'SystemMaintenance.Redeploy' },
      tags,
      'no playbook answers SystemMaintenance.Redeploy for pool web-hangzhou',
    ],
    [
      'is none for another state',
      example,
      { status: 'Canceled' },
      tags,
      'planned-restart answers Inquiring, Scheduled events, and this one is Canceled',
    ],
    [
      'is the one for the code when the provider went first (C7, C8)',
      example,
      { status: 'Executed' },
      tags,
      'planned-restart in web-hangzhou',
    ],
    [
      'has the highest priority of those that match',
      withPlaybooks(
        playbookNamed('low', { priority: -1 }),
        playbookNamed('high', { priority: 10 }),
        playbookNamed('middle'),
      ),
      {},
      tags,
      'high in web-hangzhou',
    ],
    [
      'is of a lower priority when the first does not answer the state',
      withPlaybooks(
        playbookNamed('for-inquiring', { priority: 10, match: { states: ['Inquiring'] } }),
        playbookNamed('for-scheduled'),
      ),
      {},
      tags,
      'for-scheduled in web-hangzhou',
    ],
    [
      'is the one for the state among equals',
      withPlaybooks(
        playbookNamed('for-inquiring', { match: { states: ['Inquiring'] } }),
        playbookNamed('for-scheduled', { match: { states: ['Scheduled'] } }),
      ),
      {},
      tags,
      'for-scheduled in web-hangzhou',
    ],
    [
      'is one for a pool that the instance is in',
      {
        ...withPlaybooks(
          playbookNamed('for-others', { priority: 10, match: { pools: ['others'] } }),
          playbook,
        ),
        pools: [pool, poolNamed('others', { members: { tags: { app: 'other' } } })],
      },
      {},
      tags,
      'planned-restart in web-hangzhou',
    ],
    [
      'may be one for the second pool of an instance',
      {
        ...withPlaybooks(playbookNamed('wide', { match: { pools: ['all'] } })),
        pools: [pool, poolNamed('all', { members: { tags: { app: 'storefront' } } })],
      },
      {},
      tags,
      'wide in all',
    ],
    ['needs its calendar', { ...example, calendars: [] }, {}, tags, 'there is no calendar nights'],
  ])('%s', (_name, configuration, change, tagsOfInstance, expected) => {
    expect(nameOf(matchPlaybook(configuration, { ...event, ...change }, tagsOfInstance))).toBe(expected);
  });

  it.each([
    [0, 'plain in web-hangzhou'],
    [2, 'with-disks in web-hangzhou'],
    [undefined, 'with-disks in web-hangzhou'],
  ])('is the one for instances with %s local disks', (localDisks, expected) => {
    const configuration = withPlaybooks(
      playbookNamed('with-disks', { match: { having: { localDisks: 'atLeastOne' } } }),
      playbookNamed('plain', { match: { having: { localDisks: 'none' } } }),
    );
    expect(nameOf(matchPlaybook(configuration, event, tags, localDisks))).toBe(expected);
  });

  it('says that none is for an instance without local disks', () => {
    const configuration = withPlaybooks(
      playbookNamed('with-disks', { match: { having: { localDisks: 'atLeastOne' } } }),
    );
    expect(nameOf(matchPlaybook(configuration, event, tags, 0))).toBe(
      'no playbook answers SystemMaintenance.Reboot for pool web-hangzhou on an instance without local disks',
    );
  });

  it.each<[Mode, Mode | undefined, Mode | undefined, Mode]>([
    ['enforce', undefined, undefined, 'enforce'],
    ['enforce', 'enforce', 'enforce', 'enforce'],
    ['observe', 'enforce', 'enforce', 'observe'],
    ['enforce', 'observe', undefined, 'observe'],
    ['enforce', undefined, 'observe', 'observe'],
    ['observe', undefined, undefined, 'observe'],
  ])(
    'works in the strictest mode: settings %s, pool %s, playbook %s',
    (settings, ofPool, ofPlaybook, expected) => {
      const configuration = {
        ...example,
        settings: { ...example.settings, spec: { ...example.settings.spec, mode: settings } },
        pools: [poolNamed('web-hangzhou', { mode: ofPool })],
        playbooks: [playbookNamed('one', { mode: ofPlaybook })],
      };
      expect(matchPlaybook(configuration, event, tags)).toMatchObject({ mode: expected });
    },
  );
});

function planOf(match: Partial<Match> = {}, about: SystemEvent = event, target: Partial<Target> = {}) {
  const [calendar] = example.calendars;
  const settings = example.settings.spec;
  const mode = 'enforce';
  const alone = { alsoMemberOf: [], others: [] };
  const found = {
    playbook: playbook!,
    pool: pool!,
    calendar: calendar!,
    mode,
    verifyOnly: false,
    settings,
  } as const;
  const whole: Match = { ...found, ...alone, ...match };
  const plain = { zone: 'cn-hangzhou-h', localDisks: 0, locks: [], dedicatedHost: false };
  return makePlan(whole, about, { id: about.instanceId, ...plain, ...target });
}
const stepsOf = (plan: ReturnType<typeof planOf>) =>
  Object.fromEntries(plan.steps.map((step) => [step.id, step]));

/** What a step says to its parameters; what it should have seen it does not see. */
function problemOf(use: string, parameters: Facts): unknown {
  try {
    return stepTypes.get(use)?.forward.judge(undefined, parameters, {} as Scene);
  } catch (error) {
    return error;
  }
}

describe('the plan', () => {
  it('puts the frame around the steps of the playbook', () => {
    expect(planOf().steps.map(({ id, use }) => `${id}: ${use}`)).toEqual([
      'line: join-line',
      'window: await-window',
      'await-idle: await-idle',
      'slot: take-slot',
      'protect-from-scaling: protect-from-scaling',
      'drain: drain-traffic',
      'drain-quiet: await-quiet',
      'save: back-up-data',
      'restart: answer-event',
      'cleared: await-event',
      'healthy: check-health',
      'back: restore-traffic',
      'release-to-scaling: release-to-scaling',
      'slot-back: return-slot',
    ]);
  });

  it('leaves out what this instance does not ask for, and keeps what cannot be known yet', () => {
    const [drain, save, restart, ...rest] = playbook.spec.steps;
    const guarded = (when: Condition) =>
      playbookNamed('planned-restart', {
        steps: [drain, { ...save, when }, restart, ...rest] as Playbook['spec']['steps'],
        ladder: [
          { use: 'redeploy-instance', atMost: 40 * minuteMs, forceStop: false, when: { spot: false } },
        ],
      });
    const plain = planOf({ playbook: guarded({ hasLocalDisk: true }) });
    expect(stepsOf(plain)['save']).toBeUndefined();
    expect(plain.leftOut).toEqual([{ id: 'save', onlyIf: 'the instance has local disks' }]);
    expect(stepsOf(plain)['restart']?.parameters['requireBackup']).toBeUndefined();
    expect(plain.ladder).toHaveLength(1);
    const primary = planOf({ playbook: guarded({ tag: { role: 'primary' } }) }, event, { localDisks: 1 });
    expect(primary.leftOut).toEqual([{ id: 'save', onlyIf: 'its tag role is primary' }]);
    expect(stepsOf(primary)['restart']?.parameters['requireBackup']).toBe('save');
    const when = { eventStatus: ['Scheduled' as const] };
    const open = planOf({ playbook: guarded({ ...when, hasLocalDisk: true }) }, event, {
      localDisks: 1,
      spot: true,
    });
    expect(stepsOf(open)['save']?.when).toEqual(when);
    expect([open.leftOut, open.ladder]).toEqual([undefined, undefined]);
  });

  it('asks for the tags of other tools, and protects from Auto Scaling unless the pool says otherwise (C33)', () => {
    const steps = stepsOf(planOf());
    expect(steps['await-idle']).toMatchObject({ parameters: { notWhile: {}, scaling: true }, frame: true });
    expect(steps['protect-from-scaling']).toMatchObject({ parameters: { atMostMs: 5 * minuteMs } });
    expect(steps['release-to-scaling']?.parameters).toEqual({ protect: 'protect-from-scaling' });
    const members = { ...pool.spec.members, notWhile: { tags: { 'patched-by': '*' } } };
    const ignoring = stepsOf(planOf({ pool: poolNamed('web-hangzhou', { scaling: 'ignore', members }) }));
    expect(ignoring['await-idle']?.parameters).toEqual({
      notWhile: { 'patched-by': '*' },
      scaling: false,
      ahead: { neededMs: hourMs, finishBeforeMs: 2 * hourMs, warnMs: [12 * hourMs, hourMs] },
    });
    expect(Object.keys(ignoring)).not.toContain('protect-from-scaling');
    expect(Object.keys(ignoring)).not.toContain('release-to-scaling');
  });

  it('puts a member into Standby where the pool says so, behind what only lowers weights (C33)', () => {
    const standby = poolNamed('web-hangzhou', { scaling: 'standby' });
    const ids = Object.keys(stepsOf(planOf({ pool: standby })));
    expect(ids.slice(4, 6)).toEqual(['enter-standby', 'drain']);
    expect(ids.slice(-2)).toEqual(['leave-standby', 'slot-back']);
    const steps = stepsOf(planOf({ pool: standby }));
    expect(steps['await-idle']).toMatchObject({ parameters: { scaling: true } });
    expect(steps['enter-standby']).toMatchObject({
      parameters: { atMostMs: 5 * minuteMs, allowLast: false, after: [], leave: 'leave-standby' },
      frame: true,
    });
    expect(steps['leave-standby']).toMatchObject({
      parameters: { standby: 'enter-standby', restore: 'back' },
    });
    expect(steps['drain']).toMatchObject({ parameters: { after: ['enter-standby'] } });
    const timing = { ...playbook.spec.timing, softDrain: { before: 30 * minuteMs, weight: 20 } };
    const soft = planOf({ pool: standby, playbook: { ...playbook, spec: { ...playbook.spec, timing } } });
    expect(Object.keys(stepsOf(soft)).slice(4, 8)).toEqual(['soften', 'opening', 'enter-standby', 'drain']);
    expect(stepsOf(soft)['enter-standby']).toMatchObject({ parameters: { after: ['soften'] } });
    expect(stepsOf(soft)['drain']).toMatchObject({ parameters: { after: ['soften', 'enter-standby'] } });
  });

  it.each<[string, Partial<Pool['spec']>, string[], string[]]>([
    [
      'another pool of the instance',
      { members: { tags: { app: 'storefront' } }, traffic: [] },
      ['wide'],
      ['wide'],
    ],
    ['a pool in the same groups', { members: { tags: { app: 'other' } } }, [], ['wide']],
    ['no pool that has nothing to do with it', { members: { tags: { app: 'other' } }, traffic: [] }, [], []],
  ])('asks for a slot of %s too (C31)', (_name, spec, alsoMemberOf, others) => {
    const configuration = { ...example, pools: [pool, poolNamed('wide', spec)] };
    const match = matchPlaybook(configuration, event, tags);
    if ('none' in match) throw new Error(match.none);
    const names = (pools: readonly Pool[]) => pools.map(({ metadata }) => metadata.name);
    expect([names(match.alsoMemberOf), names(match.others)]).toEqual([alsoMemberOf, others]);
    const steps = stepsOf(planOf(match));
    const asked = SlotParameters.parse(steps['slot']?.parameters).also;
    expect(asked.map((part) => part.pool)).toEqual(others);
    expect(steps['slot-back']?.parameters['also'] ?? []).toEqual(others);
  });

  it('takes the traffic away in every pool of the instance (C31)', () => {
    const vServerGroup = 'rsp-bp1other';
    const wide = poolNamed('wide', { traffic: [{ clb: { loadBalancer: 'lb-bp1other', vServerGroup } }] });
    const steps = stepsOf(planOf({ alsoMemberOf: [wide], others: [wide] }));
    expect(steps['drain']?.parameters['places']).toEqual([
      { kind: 'clb', loadBalancer: 'lb-bp1web0000001' },
      { kind: 'clb', loadBalancer: 'lb-bp1other', vServerGroup },
    ]);
    expect(steps['slot']?.parameters['places']).toEqual([{ kind: 'clb', loadBalancer: 'lb-bp1web0000001' }]);
  });

  it('says whom it is about, and where the times are', () => {
    expect(planOf()).toMatchObject({
      playbook: 'planned-restart',
      pool: 'web-hangzhou',
      target: { instanceId: 'i-bp1web0000000000001', zone: 'cn-hangzhou-h', region: 'cn-hangzhou' },
      zone: 'Asia/Shanghai',
    });
  });

  it('fills every step in', () => {
    const steps = stepsOf(planOf());
    const places = [{ kind: 'clb', loadBalancer: 'lb-bp1web0000001' }];
    expect(steps['window']?.parameters).toMatchObject({
      window: {
        neededMs: hourMs,
        finishBeforeMs: 2 * hourMs,
        ifNoWindow: 'ask',
        calendar: { zone: 'Asia/Shanghai' },
      },
    });
    expect(steps['slot']?.parameters).toMatchObject({
      pool: 'web-hangzhou',
      tags,
      places,
      guard: pool.spec.guard,
    });
    expect(steps['drain']).toMatchObject({ parameters: { places }, atMostMs: 10 * minuteMs });
    expect(steps['drain-quiet']?.parameters).toEqual({
      by: 'cloudAssistant',
      below: 5,
      holdMs: minuteMs,
      atMostMs: 10 * minuteMs,
      notQuiet: 'proceed',
    });
    expect(steps['save']?.parameters).toEqual({
      paths: ['/data1/app-state'],
      include: [],
      exclude: [],
      verify: 'sha256',
      ioErrors: 'fail',
      onPartial: 'ask',
      megabytesPerSecond: 50,
      to: { bucket: 'failover-backups', prefix: 'local-disk/' },
      role: 'backup-writer',
      endpoint: 'oss-cn-hangzhou-internal.aliyuncs.com',
      atMostMs: 10 * minuteMs,
    });
    expect(steps['restart']).toMatchObject({
      parameters: { forceStop: false, requireBackup: 'save', restartAnswers: true, slot: 'slot', places },
      atMostMs: 10 * minuteMs,
    });
    expect(steps['cleared']?.parameters).toEqual({
      states: ['Avoided', 'Executed'],
      atMostMs: 10 * minuteMs,
      answer: 'restart',
    });
    expect(steps['healthy']?.parameters).toMatchObject({
      checks: ['instanceStatus', 'cloudAssistant', 'loadBalancer'],
      places,
    });
    expect(steps['back']?.parameters).toEqual({
      drain: 'drain',
      places,
      ramp: [
        { percent: 10, holdMs: 2 * minuteMs },
        { percent: 50, holdMs: 3 * minuteMs },
        { percent: 100, holdMs: 0 },
      ],
      requireHealth: true,
      atMostMs: 15 * minuteMs,
    });
  });

  it('is made of step types that exist and take their parameters', () => {
    for (const { use, parameters } of planOf().steps) {
      expect(stepTypes.get(use)?.type).toBe(use);
      expect(problemOf(use, parameters)).not.toBeInstanceOf(z.ZodError);
    }
    expect(problemOf('return-slot', { pond: 'web' })).toBeInstanceOf(z.ZodError);
  });

  it('commits at one step', () => {
    expect(
      planOf()
        .steps.filter(({ commit }) => commit)
        .map(({ id }) => id),
    ).toEqual(['restart']);
  });

  it.each<['undo' | 'hold', (string | undefined)[]]>([
    ['undo', [undefined, undefined, 'hold', undefined]],
    ['hold', ['hold', 'hold', 'hold', 'hold']],
  ])(
    'when the playbook says %s before the commit point, a step of its own mind keeps it',
    (beforeCommit, expected) => {
      const changed = playbookNamed('one', { onFailure: { beforeCommit, afterCommit: 'hold' } });
      const steps = stepsOf(planOf({ playbook: changed }));
      expect(['drain', 'drain-quiet', 'cleared', 'back'].map((id) => steps[id]?.onFail)).toEqual(expected);
      expect([steps['window']?.onFail, steps['slot']?.onFail]).toEqual([undefined, undefined]);
    },
  );

  it('asks the load balancers for health only where the pool does', () => {
    const quiet = poolNamed('quiet', { health: [{ instanceStatus: 'Running' }] });
    const steps = stepsOf(planOf({ pool: quiet }));
    expect(steps['back']?.parameters).toMatchObject({ requireHealth: false });
    expect(steps['healthy']?.parameters).toMatchObject({ checks: ['instanceStatus'] });
  });

  it('knows whether a restart answers the event', () => {
    const repair = { ...event, code: 'SystemMaintenance.StopAndRepair' };
    expect(stepsOf(planOf({}, repair))['restart']?.parameters).toMatchObject({ restartAnswers: false });
  });

  it('has a digest of what was agreed to', () => {
    const longer = playbookNamed('planned-restart', {
      timing: { ...playbook.spec.timing, maxRun: 2 * hourMs },
    });
    expect(planOf().digest).toMatch(/^[0-9a-f]{12}$/);
    expect(planOf().digest).toBe(planOf().digest);
    expect(planOf({ playbook: longer }).digest).not.toBe(planOf().digest);
  });

  it('lets only the steps of the playbook be skipped', () => {
    const framed = planOf().steps.filter(({ frame }) => frame);
    expect(framed.map(({ id }) => id)).toEqual([
      'line',
      'window',
      'await-idle',
      'slot',
      'protect-from-scaling',
      'release-to-scaling',
      'slot-back',
    ]);
  });

  it('lowers weights ahead of the work where the playbook says so, with the slot in hand (C41)', () => {
    const timing = { ...playbook.spec.timing, softDrain: { before: 30 * minuteMs, weight: 20 } };
    const soft = planOf({ playbook: playbookNamed('planned-restart', { timing }) });
    expect(soft.steps.slice(1, 8).map(({ id, use }) => `${id}: ${use}`)).toEqual([
      'window: await-window',
      'await-idle: await-idle',
      'slot: take-slot',
      'protect-from-scaling: protect-from-scaling',
      'soften: soften-traffic',
      'opening: await-window',
      'drain: drain-traffic',
    ]);
    const steps = stepsOf(soft);
    const window = { neededMs: playbook.spec.timing.maxRun, aheadMs: 30 * minuteMs };
    for (const id of ['line', 'window', 'slot']) expect(steps[id]?.parameters).toMatchObject({ window });
    expect(steps['opening']?.parameters['window']).not.toHaveProperty('aheadMs');
    expect(steps['opening']).toMatchObject({
      parameters: { behind: { step: 'soften', slot: 'slot', beforeMs: 30 * minuteMs } },
      frame: true,
    });
    expect(steps['soften']).toMatchObject({
      parameters: { percent: 20, ahead: true, places: steps['drain']?.parameters['places'] },
      onFail: 'continue',
      frame: true,
    });
    expect(steps['drain']?.parameters).toMatchObject({ after: ['soften'] });
    expect(steps['restart']?.parameters).toMatchObject({ slot: 'opening' });
    expect(steps['back']?.parameters).toMatchObject({ lowered: [{ step: 'soften', percent: 20 }] });
  });

  it('lowers nothing ahead of an emergency (C41)', () => {
    const timing = { ...playbook.spec.timing, softDrain: { before: 30 * minuteMs, weight: 20 } };
    const match = { states: ['Executing'] };
    const soft = planOf(
      { playbook: playbookNamed('now', { timing, match }) },
      { ...event, status: 'Executing' },
    );
    const { soften, window, drain, restart } = stepsOf(soft);
    expect([soften, drain?.parameters['after']]).toEqual([undefined, undefined]);
    expect(window?.parameters['window']).not.toHaveProperty('aheadMs');
    expect(restart?.parameters).toMatchObject({ slot: 'slot' });
  });

  it('has no redeployment in its ladder that would empty local disks unsaved, and says so (C43)', () => {
    const steps = playbook.spec.steps.map((step) => {
      if (step.use === 'back-up-data') return { ...step, when: { tag: { role: 'primary' } } };
      if (step.use !== 'answer-event') return step;
      const { requireBackup: _, ...others } = step.with;
      return { ...step, with: others };
    });
    const move = { use: 'redeploy-instance', atMost: 40 * minuteMs, forceStop: false } as const;
    const laddered = (rung: typeof move & { localData?: 'mayBeLost' }) =>
      playbookNamed('one', { steps: steps, ladder: [rung] });
    const unsaved = planOf({ playbook: laddered(move) }, event, { localDisks: 1 });
    expect(unsaved.ladder).toBeUndefined();
    expect(unsaved.leftOut).toEqual([
      { id: 'save', onlyIf: 'its tag role is primary' },
      {
        id: 'redeploy-instance',
        onlyIf: 'a back-up-data step saves its local disks, or localData: mayBeLost',
      },
    ]);
    const said = planOf({ playbook: laddered({ ...move, localData: 'mayBeLost' }) }, event, {
      localDisks: 1,
    });
    expect(said.ladder?.[0]?.parameters).toMatchObject({ mayLoseLocalData: true });
    expect(planOf({ playbook: laddered(move) }).ladder).toHaveLength(1);
  });

  it('has an acceptance by which ECS moves the instance wait for the backup, and marks one that has none (C43)', () => {
    const accepting = (more: object) =>
      playbookNamed('one', {
        steps: playbook.spec.steps.map((step) =>
          step.use === 'answer-event'
            ? {
                ...step,
                with: { action: 'accept', atMost: 10 * minuteMs, pullEarlier: false, forceStop: false },
              }
            : { ...step, ...(step.use === 'back-up-data' && more) },
        ),
      });
    const offered = { ...event, code: 'SystemFailure.Redeploy', status: 'Inquiring' as const };
    const answerOf = (more: object) =>
      stepsOf(planOf({ playbook: accepting(more) }, offered, { localDisks: 1 }))['restart']?.parameters;
    expect(answerOf({})).toMatchObject({ requireBackup: 'save', only: 'accept' });
    expect(answerOf({})).not.toHaveProperty('unsaved');
    expect(answerOf({ when: { tag: { role: 'primary' } } })).toMatchObject({ unsaved: true });
  });

  it('climbs when a proof behind the answer fails, unless the playbook goes on without it (C60)', () => {
    const climbing = (about: Playbook) =>
      planOf({ playbook: about })
        .steps.filter(({ climbs }) => climbs)
        .map(({ id }) => id);
    const steps = playbook.spec.steps.map((step) =>
      step.use === 'check-health' ? { ...step, onFail: 'continue' as const } : step,
    );
    expect(climbing(playbook)).toEqual(['cleared', 'healthy']);
    expect(climbing(playbookNamed('one', { steps }))).toEqual(['cleared']);
  });

  it('has a ladder whose rungs take their parameters, and leaves out what local disks forbid (C60)', () => {
    const laddered = playbookNamed('one', {
      ladder: [
        { use: 'restart-instance', after: 12 * hourMs, atMost: 10 * minuteMs, forceStop: false },
        { use: 'stop-start-instance', atMost: 20 * minuteMs, forceStop: true },
        {
          use: 'redeploy-instance',
          atMost: 40 * minuteMs,
          forceStop: false,
          unless: { hasLocalDisk: true },
        },
        { use: 'call-someone' },
      ],
    });
    const { ladder = [] } = planOf({ playbook: laddered });
    const places = [{ kind: 'clb', loadBalancer: 'lb-bp1web0000001' }];
    const common = { places, forceStop: false, drain: 'drain' };
    expect(ladder).toEqual([
      {
        id: 'rung-1',
        use: 'restart-instance',
        parameters: { ...common, answer: 'restart', afterMs: 12 * hourMs },
        commit: true,
        atMostMs: 12 * hourMs + 10 * minuteMs,
      },
      {
        id: 'rung-2',
        use: 'stop-start-instance',
        parameters: { ...common, forceStop: true },
        commit: true,
        atMostMs: 20 * minuteMs,
      },
      {
        id: 'rung-3',
        use: 'redeploy-instance',
        parameters: { ...common, requireBackup: 'save' },
        commit: true,
        atMostMs: 40 * minuteMs,
      },
      { id: 'rung-4', use: 'call-someone', parameters: {} },
    ]);
    for (const { use, parameters } of ladder) {
      expect(problemOf(use, parameters)).not.toBeInstanceOf(z.ZodError);
    }
    const uses = planOf({ playbook: laddered }, event, { localDisks: 1 }).ladder?.map(({ use }) => use);
    expect(uses).toEqual(['restart-instance', 'stop-start-instance', 'call-someone']);
    expect(planOf({ playbook: laddered }).digest).not.toBe(planOf().digest);
  });

  it('knows how often it may answer, and when it tries again (C48, C62)', () => {
    const patient = playbookNamed('one', {
      timing: { ...playbook.spec.timing, tryAgain: { after: 12 * hourMs, times: 1 } },
    });
    const settings = {
      ...example.settings.spec,
      limits: { attemptsPerInstance: { count: 2, within: 24 * hourMs } },
    };
    expect(planOf({ playbook: patient, settings })).toMatchObject({
      mostAnswers: 2,
      tryAgain: { afterMs: 12 * hourMs, times: 1 },
    });
    const without = planOf({ playbook: playbookNamed('one', { ladder: [] }) });
    expect(Object.keys(without).sort()).toEqual([
      'digest',
      'playbook',
      'pool',
      'steps',
      'target',
      'urgency',
      'zone',
    ]);
  });

  it.each<[string, Partial<SystemEvent>, 'planned' | 'now']>([
    ['an announced restart', {}, 'planned'],
    ['a restart that the provider has begun', { status: 'Executing' }, 'now'],
    ['a failure', { code: 'SystemFailure.Redeploy', status: 'Inquiring' }, 'now'],
    ['a spot reclaim', { code: 'Instance:PreemptibleInstanceInterruption', status: 'Executing' }, 'now'],
  ])('knows how urgent %s is (C21)', (_name, change, expected) => {
    expect(planOf({}, { ...event, ...change }).urgency).toBe(expected);
  });

  it('asks the people of the groups first, each once (C66)', () => {
    const hours = (count: number) => count * hourMs;
    const asking = playbookNamed('one', {
      approval: {
        when: 'noWindow',
        from: ['leads', 'oncall'],
        need: 2,
        noAnswer: { after: hours(2), then: 'hold' },
      },
    });
    const people = [
      { name: 'leads', ramUsers: ['lead', 'deputy'] },
      { name: 'oncall', ramUsers: ['oncall', 'deputy'] },
      { name: 'others', ramUsers: ['stranger'] },
    ];
    const plan = planOf({ playbook: asking, settings: { ...example.settings.spec, people } });
    expect(plan.steps[0]).toMatchObject({
      id: 'approval',
      use: 'await-approval',
      frame: true,
      parameters: {
        when: 'noWindow',
        from: ['lead', 'deputy', 'oncall'],
        need: 2,
        noAnswer: { afterMs: hours(2), then: 'hold' },
      },
    });
    expect(stepsOf(plan)['window']?.parameters).toMatchObject({ window: { approval: 'approval' } });
    for (const { use, parameters } of plan.steps) {
      expect(problemOf(use, parameters)).not.toBeInstanceOf(z.ZodError);
    }
  });

  it('only verifies what the provider did before anybody heard of it (C8)', () => {
    const plan = planOf({ verifyOnly: true }, { ...event, status: 'Executed' });
    expect(plan.steps.map(({ id, use, onFail }) => [id, use, onFail])).toEqual([
      ['cleared', 'await-event', 'hold'],
      ['healthy', 'check-health', 'hold'],
    ]);
    expect(plan.ladder).toBeUndefined();
    for (const { use, parameters } of plan.steps) {
      expect(problemOf(use, parameters)).not.toBeInstanceOf(z.ZodError);
    }
  });

  it.each(['security', 'financial', 'dedicatedhostfinancial', 'refunded'])(
    'looks first at an instance with the lock %s (C52)',
    (lock) => {
      const [first] = planOf({}, event, { locks: [lock] }).steps;
      expect(first).toEqual({
        id: 'answerable',
        use: 'check-answerable',
        parameters: {},
        frame: true,
      });
    },
  );

  it.each([
    ['restart', 'Inquiring', { action: 'restart' }],
    ['accept', 'Scheduled', { action: 'accept' }],
    ['stopStart', 'Inquiring', { action: 'stopStart' }],
    ['restart', 'Scheduled', undefined],
    ['accept', 'Inquiring', undefined],
    ['restart', 'Executing', undefined],
  ] as const)(
    'looks first at a named answer that is none: %s for an %s one (C52)',
    (action, status, expected) => {
      const plan = planOf({ playbook: answering(action) }, { ...event, status });
      expect(stepsOf(plan)['answerable']?.parameters).toEqual(expected);
    },
  );

  it.each([
    ['restart', ['answer-event'], { only: 'restart' }],
    ['accept', ['answer-event'], { only: 'accept' }],
    ['stopStart', ['stop-start-instance'], { slot: 'slot', requireBackup: 'save', drain: 'drain' }],
  ] as const)('answers by %s alone where the playbook says so', (action, uses, parameters) => {
    const plan = planOf({ playbook: answering(action) });
    const { steps } = plan;
    const answers = steps.filter(({ id }) => id === 'restart');
    expect(answers.map(({ use }) => use)).toEqual(uses);
    expect(answers[0]).toMatchObject({ commit: true, parameters });
    expect(stepsOf(plan)['cleared']?.parameters).toMatchObject({ answer: 'restart' });
    for (const { use, parameters: filled } of steps) {
      expect(problemOf(use, filled)).not.toBeInstanceOf(z.ZodError);
    }
  });

  it('accepts and restarts where an accepted event asks for a restart', () => {
    const code = 'SystemMaintenance.RebootAndIsolateErrorDisk';
    const { steps } = planOf({ playbook: answering('accept') }, { ...event, code, status: 'Inquiring' });
    expect(steps.filter(({ id }) => id.startsWith('restart')).map(({ use }) => use)).toEqual([
      'answer-event',
      'restart-accepted',
    ]);
  });

  it('does not redeploy an instance on a dedicated host (C52)', () => {
    const laddered = playbookNamed('one', {
      ladder: [
        { use: 'redeploy-instance', atMost: 40 * minuteMs, forceStop: false },
        { use: 'call-someone' },
      ],
    });
    const uses = planOf({ playbook: laddered }, event, { dedicatedHost: true }).ladder?.map(({ use }) => use);
    expect(uses).toEqual(['call-someone']);
  });

  it('commits where the playbook does, before the traffic is quiet', () => {
    const steps = playbook.spec.steps
      .filter(({ use }) => use === 'drain-traffic')
      .map((step) => ({ ...step, commit: true }));
    const plan = planOf({ playbook: playbookNamed('spot', { steps }) });
    expect(plan.steps.filter(({ commit }) => commit).map(({ id }) => id)).toEqual(['drain']);
  });
});

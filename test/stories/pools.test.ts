import type { Configuration, Playbook, Step } from '../../src/playbook/configuration';
import { resetPool } from '../../src/engine/reset-pool';
import {
  changedConfiguration,
  exampleFleet,
  nothingLeft,
  once,
  openStory,
  reached,
  web1,
  web2,
  web3,
  type Story,
} from '../support/story';

const pool = 'web-hangzhou';
const minuteMs = 60_000;
const notBefore = '2026-11-20T06:00:00Z';
const restartOf = (instanceId: string) => ({ instanceId, code: 'SystemMaintenance.Reboot', notBefore });

/** The steps of the example without its backup, and with a drain that must succeed. */
function strictSteps(): readonly Step[] {
  const [playbook] = changedConfiguration({}).playbooks;
  return (playbook?.spec.steps ?? []).flatMap((step): readonly Step[] => {
    if (step.use === 'back-up-data') return [];
    if (step.use === 'drain-traffic') return [{ ...step, with: { ...step.with, notQuiet: 'fail' as const } }];
    if (step.use !== 'answer-event') return [step];
    return [{ ...step, with: { ...step.with, requireBackup: undefined, localData: 'mayBeLost' } }];
  });
}

/** A fleet whose first member never gets quiet. */
function busyFleet() {
  const fleet = exampleFleet();
  const instances = fleet.instances?.map((instance) =>
    instance.id === web1
      ? { ...instance, connections: { perWeight: 3, halfLifeSeconds: 40, floor: 50 } }
      : instance,
  );
  return { ...fleet, ...(instances && { instances }) };
}

async function ledgerOf({ journal }: Story): Promise<readonly string[]> {
  return (await journal(`pools/${pool}`)).flatMap(({ kind, reason, canary }) => {
    if (kind === 'waiting') return [];
    return [[kind, canary === true && 'canary', reason].filter(Boolean).join(' ')];
  });
}

// Long stories, on a machine that may be busy.
jest.setTimeout(120_000);

describe('a pool under pressure', () => {
  let story: Story;
  afterEach(() => story.close());

  it('stops behind a canary that fails, calls someone, and goes on once a person says so (C28)', async () => {
    const rollout = { canary: { first: 1, soak: 20 * minuteMs } };
    const configuration = changedConfiguration({ playbook: { steps: strictSteps(), rollout } });
    story = await openStory({ configuration, fleet: busyFleet() });
    for (const id of [web1, web2, web3]) await story.announce(restartOf(id));
    await story.play({ until: reached('2026-11-17T20:00:00Z') });
    expect(story.ends().map(({ end }) => end)).toEqual(['undone', 'forward', 'forward']);
    expect(story.callsForSomeone()).toEqual([
      expect.stringMatching(
        /^pool web-hangzhou is stopped: the canary i-bp1web0000000000001 failed \(not-quiet, run-\w+\); 2 wait until a person lets it go on$/,
      ),
    ]);
    const by = { by: 'storefront-lead', why: 'web-1 is looked after' };
    await resetPool(story.world, pool, by);
    await story.play();
    expect(story.ends().map(({ end }) => end)).toEqual(['undone', 'done', 'done']);
    expect(await ledgerOf(story)).toEqual([
      'taken canary',
      'returned not-quiet',
      'called',
      'reset',
      'taken canary',
      'returned',
      'taken',
      'returned',
    ]);
    const [, , , , second, secondBack, third] = (await story.journal(`pools/${pool}`)).filter(
      ({ kind }) => kind !== 'waiting',
    );
    expect([second?.['instance'], third?.['instance']]).toEqual([web2, web3]);
    expect(Number(third?.['at']) - Number(secondBack?.['at'])).toBeGreaterThanOrEqual(20 * minuteMs);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });

  it('lets an emergency have an instance that planned work has drained, and the work begins anew behind it (C4)', async () => {
    story = await openStory({ configuration: withEmergencies() });
    await story.announce(restartOf(web2));
    await story.play({ until: once('waits until the instance is quiet') });
    await story.announce({ instanceId: web2, code: 'SystemFailure.Redeploy', status: 'Inquiring' });
    await story.play({ until: once('takes a slot of web-hangzhou: i-bp1web0000000000002 serves') });
    expect(story.notes()).toContainEqual(
      expect.stringMatching(/^gives way to run-\w+: emergency answers an emergency/),
    );
    expect((await ledgerOf(story)).slice(0, 3)).toEqual(['taken', 'returned gave-way', 'taken']);
    const [planned, emergency] = (await story.journal(`pools/${pool}`)).filter(
      ({ kind }) => kind === 'taken',
    );
    expect(emergency).toMatchObject({ instance: web2, urgent: true });
    expect(planned?.['run']).not.toBe(emergency?.['run']);
  });
});

/** The example with a second playbook, for failures. */
function withEmergencies(): Configuration {
  const configuration = changedConfiguration({});
  const [playbook] = configuration.playbooks;
  if (playbook === undefined) throw new Error('the example has no playbook');
  const emergency: Playbook = {
    ...playbook,
    metadata: { ...playbook.metadata, name: 'emergency' },
    spec: {
      ...playbook.spec,
      match: { events: ['SystemFailure.Redeploy'], states: ['Inquiring', 'Scheduled'], pools: [pool] },
      steps: strictSteps(),
    },
  };
  return { ...configuration, playbooks: [playbook, emergency] };
}

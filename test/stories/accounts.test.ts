import RPC from '@alicloud/pop-core/lib/rpc.js';
import type { FleetInput } from '../../simulator/fleet/schema';
import { permissionsOfRole } from '../../src/engine/permissions/needed';
import { policyOf } from '../../src/engine/permissions/policy';
import type { Configuration } from '../../src/playbook/configuration';
import { stepTypes } from '../../src/steps';
import { exampleConfiguration } from '../support/configuration';
import { exampleFleet, openStory, reached, web2, type Story } from '../support/story';

const retail = '2000000000000002';
const role = `acs:ram::${retail}:role/failover-operator`;
const externalId = 'ext-5c0ffee-of-retail';
const restart = { instanceId: web2, code: 'SystemMaintenance.Reboot', notBefore: '2026-11-19T06:00:00Z' };

/** The example team twice: at home, and in another account in which everything has the same ids. */
function twoAccounts(): Configuration {
  const { settings, pools, playbooks, calendars } = exampleConfiguration();
  const { account: _account, region: _region, ...spec } = settings.spec;
  const [pool] = pools;
  const [playbook] = playbooks;
  if (pool === undefined || playbook === undefined) throw new Error('the example has no pool or no playbook');
  const named = (name: string, account: string) => ({
    ...pool,
    metadata: { ...pool.metadata, name },
    spec: { ...pool.spec, account },
  });
  const match = { ...playbook.spec.match, pools: ['web-hangzhou', 'web-retail'] };
  return {
    settings: {
      ...settings,
      spec: {
        ...spec,
        accounts: [
          { id: '1690700000000030', alias: 'hub', regions: ['cn-hangzhou'] },
          {
            id: retail,
            alias: 'retail',
            regions: ['cn-hangzhou'],
            role,
            externalId: 'secret:failover/retail',
          },
        ],
      },
    },
    pools: [named('web-hangzhou', 'hub'), named('web-retail', 'retail')],
    playbooks: [{ ...playbook, spec: { ...playbook.spec, match } }],
    calendars,
  };
}

const trustIn = (id: string) => ({
  Version: '1' as const,
  Statement: [
    {
      Effect: 'Allow' as const,
      Action: 'sts:AssumeRole',
      Principal: { RAM: ['acs:ram::1690700000000030:root'] },
      Condition: { StringEquals: { 'sts:ExternalId': [id] } },
    },
  ],
});

type Policy = NonNullable<NonNullable<FleetInput['roles']>[number]['policies']>[number];

/** The same data with other words in it. */
function clone(data: object, ...words: readonly (readonly [string, string])[]): unknown {
  const text = JSON.stringify(data);
  return JSON.parse(words.reduce((all, [from, to]) => all.replaceAll(from, to), text)) as unknown;
}

/** Both worlds; the role may do what the playbooks need there, and no more. */
function twoFleets(configuration: Configuration): FleetInput {
  const fleet = exampleFleet();
  const { start: _start, queues: _queues, ...there } = fleet;
  const policy = clone(policyOf(permissionsOfRole(configuration, stepTypes, retail))) as Policy;
  const operator = { name: 'failover-operator', trust: trustIn(externalId), policies: [policy] };
  return {
    ...fleet,
    secrets: { 'failover/retail': externalId },
    others: [{ ...there, account: retail, region: 'cn-hangzhou', bucket: 'retail-own', roles: [operator] }],
  };
}

describe('two accounts', () => {
  let story: Story;
  beforeEach(async () => {
    const configuration = twoAccounts();
    story = await openStory({ configuration, fleet: twoFleets(configuration) });
  });
  afterEach(() => story.close());

  const announceThere = async (event: object = restart) =>
    String((await story.simulator.knock('POST', `/events?account=${retail}`, event)).eventId);
  const actsIn = async (account: string) => {
    const { writes } = (await story.simulator.knock('GET', `/writes?account=${account}`)) as {
      writes: { product: string; action: string; outcome: string }[];
    };
    return writes.filter(({ product, outcome }) => ['ecs', 'slb'].includes(product) && outcome === 'done');
  };
  const rebootsIn = async (account: string) =>
    (await actsIn(account)).filter(({ action }) => action === 'RebootInstance').length;
  const weightsThere = async () => {
    const { groups } = (await story.simulator.knock('GET', `/state?account=${retail}`)) as {
      groups: { server: string; weight: number }[];
    };
    return groups.filter(({ server }) => server === web2).map(({ weight }) => weight);
  };
  /** Whom the role there trusts from now on; an administrator of that account says so. */
  const letIn = async (id: string) => {
    const keys = { accessKeyId: `LTAI5t${retail}`, accessKeySecret: 'simulator-secret-0001' };
    const ram = new RPC({ endpoint: story.simulator.endpoint, apiVersion: '2015-05-01', ...keys });
    const NewAssumeRolePolicyDocument = JSON.stringify(trustIn(id));
    const params = { RoleName: 'failover-operator', NewAssumeRolePolicyDocument };
    await ram.request('UpdateRole', params, { method: 'POST' });
  };
  const secretsIn = async () => {
    const texts = [...story.logged.map((entry) => JSON.stringify(entry))];
    for (const name of await story.world.journals.names('')) {
      texts.push(...(await story.world.journals.read(name, 0)).lines);
    }
    return texts.filter((text) => text.includes(externalId) || text.includes('simulated-secret'));
  };

  it('are each taken care of, with the keys of their own: two runs, although all ids are the same (C89)', async () => {
    await story.announce({ ...restart, eventId: 'e-bp1samesame0000001' });
    await announceThere({ ...restart, eventId: 'e-bp1samesame0000001' });
    const before = await weightsThere();
    await story.play();
    expect(story.failures()).toEqual([]);
    expect(story.ends()).toEqual([{ end: 'done' }, { end: 'done' }]);
    expect([await rebootsIn('1690700000000030'), await rebootsIn(retail)]).toEqual([1, 1]);
    expect(await weightsThere()).toEqual(before);
    expect(story.callsForSomeone()).toEqual([]);
    expect(await secretsIn()).toEqual([]);
  });

  it('do not wait for each other: where the role is gone runs hold and page, others go on, and it heals (C89)', async () => {
    await story.announce(restart);
    await announceThere();
    await story.play({ until: reached('2026-11-17T09:00:00Z') });
    await letIn('somebody else');
    await story.play({ until: reached('2026-11-17T20:00:00Z') });
    expect(story.ends()).toEqual(
      expect.arrayContaining([{ end: 'done' }, { end: 'held', reason: 'account-unreachable' }]),
    );
    expect([await rebootsIn('1690700000000030'), await actsIn(retail)]).toEqual([1, []]);
    const calls = story.callsForSomeone();
    const reason = `account ${retail} cannot be entered, ${role} was not assumed: sts AssumeRole: NoPermission`;
    expect(
      calls.filter((text) => text.startsWith(`account ${retail} in cn-hangzhou could not be looked at`)),
    ).toHaveLength(1);
    expect(calls.some((text) => text.startsWith(`holds: ${reason}`))).toBe(true);
    expect(story.failures()).toEqual([]);
    const sweeps = story.logged.filter(({ kind }) => kind === 'sweep');
    expect(sweeps.at(-1)?.data).toMatchObject({ unreached: 1 });
    await letIn(externalId);
    await story.play({ hours: 40, until: ({ ends }) => ends().every(({ end }) => end === 'done') });
    expect(story.ends()).toEqual([{ end: 'done' }, { end: 'done' }]);
    expect(await rebootsIn(retail)).toBe(1);
    expect(story.notes()).toContain(`account ${retail} in cn-hangzhou can be looked at again`);
    expect(await secretsIn()).toEqual([]);
  });

  it('that are both pushed for start a run each; a push for a third one starts none (C89, C90)', async () => {
    await announceThere();
    const outbox = await story.simulator.knock('GET', `/pushes?account=${retail}`);
    const [body = ''] = (outbox as { pushes: { body: string }[] }).pushes.map(({ body }) => body);
    story.push(body, body.replaceAll(retail, '3000000000000003'));
    await story.play({ sweeps: false, until: () => true });
    expect(story.ends()).toEqual([{ end: 'forward' }]);
    const refused = (await story.journal('sweeps/2026-11-17')).map(({ code, why }) => [code, why]);
    expect(refused).toEqual([
      ['foreign-account', expect.stringContaining('it belongs to account 3000000000000003') as string],
    ]);
  });
});

function withoutBackup<T extends { readonly requireBackup?: unknown }>({
  requireBackup: _backup,
  ...rest
}: T) {
  return rest;
}

describe('two regions of one account', () => {
  let story: Story;
  afterEach(() => story.close());
  const toShanghai = [
    ['i-bp1web', 'i-uf6web'],
    ['lb-bp1', 'lb-uf6'],
    ['rsp-bp1', 'rsp-uf6'],
    ['cn-hangzhou', 'cn-shanghai'],
  ] as const;

  it('are taken care of with the keys of home, each at its own place (C89)', async () => {
    const { settings, pools, ...rest } = exampleConfiguration();
    const { account, region: _region, ...spec } = settings.spec;
    const id = account?.id ?? '';
    const [pool] = pools;
    if (pool === undefined) throw new Error('the example has no pool');
    const here = { ...pool, spec: { ...pool.spec, region: 'cn-hangzhou' } };
    const there = clone(here, ...toShanghai, ['web-hangzhou', 'web-shanghai']) as typeof here;
    const fleet = exampleFleet();
    const { start: _start, queues: _queues, ...beside } = fleet;
    story = await openStory({
      configuration: {
        ...rest,
        settings: {
          ...settings,
          spec: { ...spec, accounts: [{ id, regions: ['cn-hangzhou', 'cn-shanghai'] }] },
        },
        pools: [here, { ...there, metadata: { ...there.metadata, name: 'web-shanghai' } }],
        playbooks: rest.playbooks.map(({ spec: { steps, match, ...more }, ...one }) => ({
          ...one,
          spec: {
            ...more,
            match: { ...match, pools: ['web-hangzhou', 'web-shanghai'] },
            // The buckets of the second region are not those of the first in the simulated cloud.
            steps: steps
              .filter(({ use }) => use !== 'back-up-data')
              .map((step) =>
                step.use === 'answer-event' ? { ...step, with: withoutBackup(step.with) } : step,
              ),
          },
        })),
      },
      fleet: {
        ...fleet,
        others: [{ ...(clone(beside, ...toShanghai) as typeof beside), account: id, region: 'cn-shanghai' }],
      },
    });
    const where = `?account=${id}&region=cn-shanghai`;
    await story.simulator.knock('POST', `/events${where}`, {
      ...restart,
      instanceId: web2.replace('i-bp1', 'i-uf6'),
    });
    await story.play();
    expect(story.failures()).toEqual([]);
    expect(story.ends()).toEqual([{ end: 'done' }]);
    const { writes } = (await story.simulator.knock('GET', `/writes${where}`)) as {
      writes: { action: string; outcome: string }[];
    };
    expect(
      writes.filter(({ action, outcome }) => action === 'RebootInstance' && outcome === 'done'),
    ).toHaveLength(1);
    expect(await story.acts()).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { FleetInput } from '../../simulator/fleet/schema';
import { knownEventCodes } from '../../src/event/kinds';
import { readFolder } from '../../src/cloud/playbook-folder';
import { neededPermissions } from '../../src/engine/permissions/needed';
import { policyOf } from '../../src/engine/permissions/policy';
import { readConfiguration } from '../../src/playbook/read';
import type { Configuration } from '../../src/playbook/configuration';
import { stepTypes } from '../../src/steps';
import { changedConfiguration, exampleFleet, openStory, web1, web2, web3 } from '../support/story';
import { usesOf } from '../support/story-role';
import { configurationOf, fleetOf, kindsUnderTest } from '../support/traffic-kinds';

const group = 'asg-bp1web00000000001';
const restart = {
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};

// Several long stories each.
jest.setTimeout(120_000);

interface Told {
  readonly configuration?: Configuration;
  readonly fleet?: FleetInput;
  readonly event?: Readonly<Record<string, unknown>>;
  /** A fault, and on what. */
  readonly fault?: readonly [string, string];
  /** A call that is refused for good, and with what. */
  readonly refuse?: readonly [string, Readonly<Record<string, string>>];
  readonly ends?: string;
}

const where = { account: '1690700000000030', region: 'cn-hangzhou', queue: 'failover-runs', bucket: 'state' };

/** The pools of these stories have the CLB of the example besides, with no pair of servers behind it. */
const ofSecondBalancer = [
  'slb:DescribeMasterSlaveServerGroupAttribute',
  'slb:DescribeVServerGroupAttribute',
  'slb:SetVServerGroupAttribute',
];

/** Plays a story to its end; answers every permission that it used. What it lacks fails it when it is closed. */
async function actionsOf({
  configuration,
  fleet,
  event = restart,
  fault,
  refuse,
  ends,
}: Told): Promise<readonly string[]> {
  const story = await openStory({ ...(configuration && { configuration }), ...(fleet && { fleet }) });
  try {
    if (fault) await story.fault(fault[0], { action: 'RebootInstance', target: fault[1] });
    if (refuse) await story.fault('refuse', { action: refuse[0], times: 99, options: refuse[1] });
    await story.announce(event);
    await story.play();
    if (ends !== undefined) expect(story.ends().map(({ end }) => end)).toEqual([ends]);
    expect(story.failures()).toEqual([]);
    return (await usesOf(story.simulator)).granted;
  } finally {
    await story.close();
  }
}

async function actionsOfAll(stories: readonly Told[]): Promise<readonly string[]> {
  const called = new Set<string>();
  for (const told of stories) for (const action of await actionsOf(told)) called.add(action);
  return [...called].sort();
}

function granted(configuration: Configuration): readonly string[] {
  const actions = neededPermissions(configuration, stepTypes, where).map(({ action }) => action);
  return [...new Set(actions)].sort();
}

function configurationIn(folder: string): Configuration {
  const given = { knownEvents: knownEventCodes, now: Date.parse('2026-11-17T07:10:00Z') };
  const { configuration, problems } = readConfiguration(readFolder(folder), given);
  if (configuration === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  return configuration;
}

/** With a pair of others behind the load balancer, which has to be looked at, and a scaling group. */
function fleetWithEverything(): FleetInput {
  const fleet = exampleFleet();
  const pair = {
    id: 'rsp-bp1pair0001',
    master: { server: web1, port: 3306 },
    slave: { server: web3, port: 3306 },
  };
  return {
    ...fleet,
    loadBalancers: fleet.loadBalancers?.map((one) => ({ ...one, masterSlaveGroups: [pair] })) ?? [],
    scalingGroups: [{ id: group, members: [{ instance: web2 }] }],
  };
}

/** What is granted and was not called. */
async function unusedOf(configuration: Configuration, stories: readonly Told[]): Promise<readonly string[]> {
  const called = await actionsOfAll(stories.map((told) => ({ ...told, configuration })));
  return granted(configuration).filter((action) => !called.includes(action));
}

/** Answers and helpers that the stories below have no occasion for; the first test has one for each. */
const otherOccasions = [
  'ecs:AcceptInquiredSystemEvent',
  'ecs:StartInstance',
  'ecs:StopInstance',
  'ecs:TagResources',
  'ess:DescribeScalingActivities',
  'ess:SetInstancesProtection',
];

describe('the RAM policy generated is enough for each playbook and no more (C88)', () => {
  it('for the shipped playbooks: what their stories call is what is granted, action for action (C88)', async () => {
    const configuration = configurationIn(join(process.cwd(), 'playbooks'));
    const unused = await unusedOf(configuration, [
      { fleet: fleetWithEverything() },
      { event: { ...restart, status: 'Inquiring' } },
      // A restart that clears nothing climbs the ladder: stop, start, a tag for a person.
      {
        event: { ...restart, eventId: 'e-bp1permission00001' },
        fault: ['never-clears', 'e-bp1permission00001'],
      },
      { event: { ...restart, code: 'SystemMaintenance.Redeploy' } },
      { event: { ...restart, code: 'SystemMaintenance.Stop' } },
      { event: { ...restart, code: 'InstanceFailure.Reboot', status: 'Executing' } },
    ]);
    expect(unused).toEqual([]);
  });

  it('for the example of a mixed fleet, but for what only a late job or a pair of servers is asked (C88)', async () => {
    const folder = join(process.cwd(), 'playbooks', 'examples', 'mixed-fleet');
    const fleet = parse(readFileSync(join(folder, 'example', 'fleet.yml'), 'utf8')) as FleetInput;
    const event = { ...restart, instanceId: 'i-bp1shop000000000001' };
    const unused = await unusedOf(configurationIn(folder), [
      { fleet, event },
      { fleet, event: { ...event, status: 'Inquiring' } },
    ]);
    expect(unused).toEqual(['nlb:GetJobStatus', 'slb:DescribeMasterSlaveServerGroupAttribute']);
  });

  it('a story that calls what its playbooks are not granted fails when it is closed (C88)', async () => {
    const story = await openStory();
    const { instances } = story.world.cloud;
    await expect(instances.redeploy(web2, { force: false })).rejects.toThrow('Forbidden.RAM');
    await expect(story.close()).rejects.toThrow(
      'not granted for the playbooks of this story: ecs:RedeployInstance',
    );
  });

  it('also on the way back: a run that is undone calls nothing that was not granted (C88)', async () => {
    const refused = { code: 'Forbidden.NoPermission', status: '403' };
    const shipped = configurationIn(join(process.cwd(), 'playbooks'));
    const fleet = fleetWithEverything();
    await unusedOf(shipped, [{ fleet, refuse: ['RebootInstance', refused], ends: 'undone' }]);
    const removing = {
      ...shipped,
      playbooks: shipped.playbooks.map(({ spec, ...playbook }) => {
        const steps = spec.steps.map((step) =>
          step.use === 'drain-traffic' ? { ...step, with: { ...step.with, how: 'remove' as const } } : step,
        );
        return { ...playbook, spec: { ...spec, steps } };
      }),
    };
    const unused = await unusedOf(removing, [{ fleet, refuse: ['RebootInstance', refused], ends: 'undone' }]);
    expect(unused.filter((action) => /:(Add|Remove)/.test(action))).toEqual([]);
  });

  it.each([
    ['a vServer group of a CLB', ['slb:DescribeMasterSlaveServerGroupAttribute']],
    ['a server group of an ALB', [...ofSecondBalancer, 'alb:ListAsynJobs']],
    ['a server group of an NLB', [...ofSecondBalancer, 'nlb:GetJobStatus']],
    ['a name of Alidns', ofSecondBalancer],
    ['a name of PrivateZone', ofSecondBalancer],
  ])('for a pool behind %s (C88)', async (name, ofThisKind) => {
    const kind = kindsUnderTest.find((one) => one.name === name)!;
    const fleet = fleetOf(kind, { [web1]: 100, [web2]: 60, [web3]: 100 });
    const unused = await unusedOf(configurationOf(kind), [{ fleet }]);
    expect(unused).toEqual([...otherOccasions, ...ofThisKind].sort());
  });

  it('for a pool whose places are discovered, but for the groups of a kind that were not found (C88)', async () => {
    const unused = await unusedOf(changedConfiguration({ pool: { traffic: 'discover' } }), [{}]);
    expect(unused).toEqual(
      [
        ...otherOccasions,
        ...['alb:GetListenerHealthStatus', 'alb:ListAsynJobs', 'alb:ListListeners', 'alb:ListRules'],
        ...['nlb:GetJobStatus', 'nlb:GetListenerHealthStatus', 'nlb:ListListeners'],
        ...['alb', 'nlb'].map((product) => `${product}:UpdateServerGroupServersAttribute`),
        'slb:DescribeMasterSlaveServerGroupAttribute',
      ].sort(),
    );
  });

  it('names members by their tags and places by their ids wherever RAM honours that (C88)', () => {
    const { Statement } = policyOf(
      neededPermissions(configurationIn(join(process.cwd(), 'playbooks')), stepTypes, where),
    );
    const of = (action: string) => Statement.filter(({ Action }) => Action.includes(action));
    expect(of('ecs:RebootInstance')).toEqual([
      {
        Effect: 'Allow',
        Action: [
          'ecs:RebootInstance',
          'ecs:RedeployInstance',
          'ecs:RunCommand',
          'ecs:StartInstance',
          'ecs:StopInstance',
          'ecs:TagResources',
        ],
        Resource: ['acs:ecs:cn-hangzhou:1690700000000030:instance/*'],
        Condition: { StringEquals: { 'ecs:tag/app': ['storefront'], 'ecs:tag/role': ['web'] } },
      },
    ]);
    expect(of('slb:SetBackendServers').map(({ Resource }) => Resource)).toEqual([
      [
        'acs:slb:cn-hangzhou:1690700000000030:loadbalancer/lb-bp1web0000001',
        'acs:ecs:cn-hangzhou:1690700000000030:instance/*',
      ],
    ]);
    expect(of('oss:GetObject').map(({ Resource }) => Resource)).toEqual([
      ['acs:oss:*:*:state/*'],
      ['acs:oss:*:*:failover-backups/local-disk/*'],
    ]);
    expect(of('mns:SendMessage').map(({ Resource }) => Resource)).toEqual([
      ['acs:mns:cn-hangzhou:1690700000000030:/queues/failover-runs/messages'],
    ]);
  });

  it('grants nothing that writes to a cloud that is only observed (C88)', () => {
    const { settings, ...rest } = configurationIn(join(process.cwd(), 'playbooks'));
    const observed = {
      ...rest,
      settings: { ...settings, spec: { ...settings.spec, mode: 'observe' as const } },
    };
    expect(granted(observed)).toEqual([
      'ecs:DescribeDisksFullStatus',
      'ecs:DescribeInstanceHistoryEvents',
      'ecs:DescribeInstances',
      'ecs:DescribeInstancesFullStatus',
      'mns:DeleteMessage',
      'mns:ReceiveMessage',
      'mns:SendMessage',
      'oss:DeleteObject',
      'oss:GetObject',
      'oss:ListObjects',
      'oss:PutObject',
    ]);
  });
});

import { neededPermissions, permissionsOfRole } from '../../src/engine/permissions/needed';
import { possiblePlans } from '../../src/engine/permissions/plans';
import type { Permission } from '../../src/engine/permissions/permission';
import type { Configuration, Playbook, Pool } from '../../src/playbook/configuration';
import { stepTypes } from '../../src/steps';
import { changedConfiguration } from '../support/story';

const where = { account: '1690700000000030', region: 'cn-hangzhou', queue: 'failover-runs', bucket: 'state' };
const needed = (configuration: Configuration) => neededPermissions(configuration, stepTypes, where);
const actionsOf = (permissions: readonly Permission[]) => new Set(permissions.map(({ action }) => action));
const usual = actionsOf(needed(changedConfiguration({})));
const { steps, ladder } = changedConfiguration({}).playbooks[0]!.spec;

/** What a change of the example's playbook or pool adds to its permissions, and what it takes away. */
function difference(change: {
  readonly playbook?: Partial<Playbook['spec']>;
  readonly pool?: Partial<Pool['spec']>;
}) {
  const changed = actionsOf(needed(changedConfiguration(change)));
  return {
    more: [...changed].filter((action) => !usual.has(action)).sort(),
    less: [...usual].filter((action) => !changed.has(action)).sort(),
  };
}

const withDrain = (change: object): Playbook['spec']['steps'] =>
  steps.map((step) => (step.use === 'drain-traffic' ? { ...step, with: { ...step.with, ...change } } : step));

describe('the permissions that playbooks need', () => {
  it('are among those that their step types declare', () => {
    for (const { plan, code } of possiblePlans(changedConfiguration({}))) {
      for (const { use, parameters } of [...plan.steps, ...(plan.ladder ?? [])]) {
        const { permissions, needs } = stepTypes.get(use)!;
        expect((needs?.(parameters, code) ?? []).filter((action) => !permissions.includes(action))).toEqual(
          [],
        );
      }
    }
  });

  it.each([
    [
      'removal from groups',
      { playbook: { steps: withDrain({ how: 'remove' }) } },
      [
        'slb:AddBackendServers',
        'slb:AddVServerGroupBackendServers',
        'slb:RemoveBackendServers',
        'slb:RemoveVServerGroupBackendServers',
      ],
      [],
    ],
    [
      'connections that CloudMonitor counts',
      {
        playbook: {
          steps: withDrain({ quiet: { by: 'cloudMonitor', activeConnectionsBelow: 5, for: 60_000 } }),
        },
      },
      ['cms:QueryMetricList'],
      [],
    ],
    [
      'another host as the last answer',
      { playbook: { ladder: [{ use: 'redeploy-instance', atMost: 60_000, forceStop: false }] } },
      ['ecs:DescribeTasks', 'ecs:RedeployInstance'],
      ['ecs:StartInstance', 'ecs:StopInstance', 'ecs:TagResources'],
    ],
    [
      'no ladder',
      { playbook: { ladder: [] } },
      [],
      ['ecs:StartInstance', 'ecs:StopInstance', 'ecs:TagResources'],
    ],
    [
      'a scaling group that is ignored',
      { pool: { scaling: 'ignore' } },
      [],
      ['ess:DescribeScalingActivities', 'ess:DescribeScalingInstances', 'ess:SetInstancesProtection'],
    ],
    [
      'no load balancers',
      { pool: { traffic: [] } },
      [],
      [...usual].filter((action) => action.startsWith('slb:')).sort(),
    ],
    [
      'events that are never Inquiring',
      {
        playbook: {
          match: { events: ['InstanceFailure.Reboot'], states: ['Executing'], pools: ['web-hangzhou'] },
        },
      },
      [],
      ['ecs:AcceptInquiredSystemEvent', 'ecs:RebootInstance'],
    ],
  ] as const)('change with %s', (_what, change, more, less) => {
    expect(difference(change as Parameters<typeof difference>[0])).toEqual({ more, less });
  });

  it('keep their place in mind when a playbook backs nothing up', () => {
    const without = changedConfiguration({
      playbook: { steps: steps.filter(({ use }) => use !== 'back-up-data'), ladder },
    });
    const reads = needed(without).filter(({ action }) => action === 'oss:GetObject');
    expect(reads).toEqual([{ action: 'oss:GetObject', on: ['acs:oss:*:*:state/*'] }]);
  });
});

describe('the permissions of several accounts', () => {
  const role = 'acs:ram::1690700000000099:role/failover-operator';
  const base = changedConfiguration({ pool: { account: '1690700000000099', region: 'cn-shanghai' } });
  const { account: _account, region: _region, ...spec } = base.settings.spec;
  const accounts = [
    { id: '1690700000000030', regions: ['cn-hangzhou'] },
    { id: '1690700000000099', regions: ['cn-shanghai'], role, externalId: 'secret:failover/external-id' },
  ];
  const configuration: Configuration = {
    ...base,
    settings: { ...base.settings, spec: { ...spec, accounts } },
  };

  it('let the functions assume the role and read the secret, and write to no instance themselves', () => {
    const permissions = needed(configuration);
    expect(permissions.filter(({ action }) => /^(sts|kms):/.test(action))).toEqual([
      { action: 'sts:AssumeRole', on: [role] },
      {
        action: 'kms:GetSecretValue',
        on: ['acs:kms:cn-hangzhou:1690700000000030:secret/failover/external-id'],
      },
    ]);
    expect([...actionsOf(permissions)].filter((action) => /^(ecs|slb):(?!Describe)/.test(action))).toEqual(
      [],
    );
  });

  it('let the role work on members of its own account and region, and reach neither queue nor journals', () => {
    const permissions = permissionsOfRole(configuration, stepTypes, '1690700000000099');
    expect(permissions.find(({ action }) => action === 'ecs:RebootInstance')).toEqual({
      action: 'ecs:RebootInstance',
      on: ['acs:ecs:cn-shanghai:1690700000000099:instance/*'],
      tags: { app: 'storefront', role: 'web' },
    });
    expect([...actionsOf(permissions)].filter((action) => /^(mns|sts|kms|log):/.test(action))).toEqual([]);
    expect(permissions.filter(({ on }) => on.some((arn) => arn.includes('state')))).toEqual([]);
  });
});

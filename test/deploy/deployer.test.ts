import type { FleetInput } from '../../simulator/fleet/schema';
import { deployerPermissions } from '../../src/cli/deploy/deployer';
import { destroy } from '../../src/cli/deploy/destroy';
import { theInstallation } from '../../src/cli/deploy/find-installation';
import { readPlaybooks } from '../../src/cli/deploy/push-playbooks';
import { readStatus } from '../../src/cli/deploy/status';
import type { Keys } from '../../src/cloud/keys';
import { policyOf } from '../../src/engine/permissions/policy';
import { smallCode } from '../support/healthy-cloud';
import { openInstalling, type Installing } from './installing';
import { reader } from './memory-account';

const site = { prefix: 'failover', account: '1690700000000030', region: 'cn-hangzhou' };

/** Granted, and asked for in no life of an installation in the simulated cloud. */
const askedForElsewhere: Readonly<Record<string, string>> = {
  'eventbridge:CreateServiceLinkedRoleForProduct': 'the page of the call names no action',
  'ram:CreateServiceLinkedRole': 'asked for by RAM behind the call of EventBridge',
  ...Object.fromEntries(
    ['CreatePolicy', 'CreatePolicyVersion', 'DeletePolicy', 'AttachPolicyToRole', 'DetachPolicyFromRole'].map(
      (action) => [
        `ram:${action}`,
        'for the policy in the role; the simulated ROS asks for leave for the role alone',
      ],
    ),
  ),
  ...Object.fromEntries(
    [
      'eventbridge:UpdateRule',
      'fc:UpdateService',
      'log:UpdateIndex',
      'mns:SetQueueAttributes',
      'ram:UpdateRole',
    ].map((action) => [action, 'for what only a later template changes']),
  ),
};

/** A fleet in which whoever holds the role `deployer` may do this and nothing else. */
function fleetFor(permissions = deployerPermissions(site)): FleetInput {
  const trusted = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ecs.aliyuncs.com'] } };
  const trust = { Version: '1', Statement: [trusted] };
  const roles: unknown = [{ name: 'deployer', trust, policies: [policyOf(permissions)] }];
  return { account: site.account, roles: roles as NonNullable<FleetInput['roles']> };
}

const open = () =>
  openInstalling(
    fleetFor(),
    async ({ knock }) =>
      (await knock('POST', '/credentials', { role: 'deployer', seconds: 86_400 })) as unknown as Keys,
  );

async function usesOf({ simulator }: Installing) {
  const { uses } = (await simulator.knock('GET', '/permissions')) as unknown as {
    readonly uses: readonly { role: string; action: string; granted: number; refused: number }[];
  };
  return uses.filter(({ role }) => role === 'deployer');
}

/** From nothing to nothing, with an update in between. */
async function liveThrough(installing: Installing, first: Parameters<Installing['install']>[0]) {
  const { deployment, install } = installing;
  expect(await install(first)).toMatchObject({ exit: 0, problems: [] });
  const more = { Memory: '1024', LogRetentionDays: '30', JournalDays: '90', SweepSchedule: '@every 10m' };
  expect(await install({ ...first, set: { ...first?.set, ...more } })).toMatchObject({
    exit: 0,
    problems: [],
  });
  const installation = await theInstallation(deployment, 'failover');
  await readStatus(deployment, installation, smallCode);
  const wanted = { prefix: 'failover', force: false, deleteJournals: true, yesDelete: 'failover' };
  const { exit, problems } = await destroy(deployment, installation, wanted, reader().ui);
  expect({ exit, problems }).toEqual({ exit: 0, problems: [] });
}

it('what `permissions --deployer` grants is what installing needs, and nothing beyond it', async () => {
  const used = new Set<string>();
  for (const generation of ['fc3', 'fc2'] as const) {
    const installing = await open();
    try {
      const set = { AlarmContactGroup: 'ops' };
      const whole = { playbooks: readPlaybooks('playbooks', 0), selfTest: true };
      await liveThrough(installing, {
        generation,
        set,
        ...(generation === 'fc3' ? whole : { code: smallCode }),
      });
      const uses = await usesOf(installing);
      expect(uses.filter(({ refused }) => refused > 0)).toEqual([]);
      for (const { action } of uses) used.add(action);
    } finally {
      await installing.simulator.close();
    }
  }
  const granted = new Set(deployerPermissions(site).map(({ action }) => action));
  const idle = [...granted].filter((action) => !used.has(action));
  expect(idle.sort()).toEqual(Object.keys(askedForElsewhere).sort());
});

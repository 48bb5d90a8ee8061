import type { FleetInput } from '../../../simulator/fleet/schema';
import { web1, web2, web3 } from '../../support/story-fleet';
import { diagnose, named, type Documents, type Plant } from './patients';

type InstanceInput = NonNullable<FleetInput['instances']>[number];

/** The fleet with one instance changed. */
function withInstance(wanted: string, change: Partial<InstanceInput>): NonNullable<Plant['fleet']> {
  return (fleet) => ({
    ...fleet,
    instances: fleet.instances?.map((one) => (one.id === wanted ? { ...one, ...change } : one)),
  });
}

function withGroup(members: object[], minSize = 0): NonNullable<Plant['fleet']> {
  return (fleet) => ({
    ...fleet,
    scalingGroups: [{ id: 'asg-bp1web000000000001', minSize, members }] as FleetInput['scalingGroups'],
  });
}

const redeploying = (documents: Documents) => {
  documents.playbook.spec.steps = documents.playbook.spec.steps.filter(({ id }) => id !== 'save');
  for (const step of documents.playbook.spec.steps) delete step.with['requireBackup'];
  documents.playbook.spec.match.events = ['SystemMaintenance.Redeploy'];
  documents.playbook.spec.steps.find(({ id }) => id === 'restart')!.with['localData'] = 'mayBeLost';
};

const plants: readonly (readonly [string, Plant, readonly string[]])[] = [
  [
    'an instance that ECS stops for maintenance',
    { fleet: withInstance(web2, { maintenance: { action: 'Stop' } }) },
    [`maintenance-stops ${web2}`],
  ],
  [
    'an instance that ECS redeploys for maintenance',
    { fleet: withInstance(web2, { maintenance: { action: 'AutoRedeploy' } }) },
    [`maintenance-redeploys ${web2}`],
  ],
  [
    'a maintenance window in the hours in which we work',
    {
      fleet: withInstance(web1, { maintenance: { window: { start: '01:00:00', end: '03:00:00' } } }),
    },
    [`maintenance-in-our-window ${web1}`],
  ],
  ['an agent that is not there', { fleet: withInstance(web3, { agent: false }) }, [`agent-offline ${web3}`]],
  [
    'an agent that is not there, and that nobody needs',
    {
      fleet: withInstance(web3, { agent: false }),
      documents: ({ pool, playbook }) => {
        pool.spec.health = [{ instanceStatus: 'Running' }];
        playbook.spec.steps = playbook.spec.steps.filter(({ id }) => id !== 'save');
        for (const step of playbook.spec.steps) delete step.with['requireBackup'];
        playbook.spec.steps[0]!.with['quiet'] = {
          activeConnectionsBelow: 5,
          for: '60s',
          by: 'cloudMonitor',
        };
      },
    },
    [`agent-offline-unused ${web3}`],
  ],
  [
    'a member without a RAM role under a playbook that saves data',
    { fleet: withInstance(web1, { ramRole: undefined }) },
    [`backup-role-missing ${web1}`],
  ],
  [
    'a member with another RAM role than the playbook names',
    { fleet: withInstance(web1, { ramRole: 'log-writer' }) },
    [`backup-role-differs ${web1}`],
  ],
  [
    'a bucket for backups that is not there',
    { fleet: (fleet) => ({ ...fleet, otherBuckets: [] }) },
    ['backup-bucket-missing failover-backups'],
  ],
  [
    'a bucket for backups that strangers may read',
    { fleet: (fleet) => ({ ...fleet, bucketTraits: { 'failover-backups': { acl: 'public-read' } } }) },
    ['backup-bucket-public failover-backups'],
  ],
  [
    'a pool whose tags nobody carries',
    { documents: ({ pool }) => void (pool.spec.members.tags.role = 'webb') },
    ['pool-empty web-hangzhou'],
  ],
  [
    'a member that is down',
    { then: ({ simulator }) => simulator.knock('PATCH', `/instances/${web3}`, { status: 'Stopped' }) },
    [`member-down ${web3}`, 'pool-unwell web-hangzhou'],
  ],
  [
    'a member that ECS has locked',
    { then: ({ simulator }) => simulator.knock('PATCH', `/instances/${web3}`, { lock: 'security' }) },
    [`member-locked ${web3}`],
  ],
  [
    'local disks under a playbook that answers with a redeployment and lets their data be lost',
    { documents: redeploying },
    [`local-disks-may-be-lost ${web1}`, `local-disks-may-be-lost ${web2}`, `local-disks-may-be-lost ${web3}`],
  ],
  [
    'a scaling group that replaces members, ignored by the pool',
    {
      fleet: withGroup([{ instance: web1 }, { instance: web2, protected: true }]),
      documents: ({ pool }) => void (pool.spec.scaling = 'ignore'),
    },
    [`scaling-replaces ${web1}`],
  ],
  [
    'a scaling group without room for a Standby',
    {
      fleet: withGroup([{ instance: web1 }, { instance: web2 }], 2),
      documents: ({ pool }) => void (pool.spec.scaling = 'standby'),
    },
    ['scaling-has-no-room asg-bp1web000000000001'],
  ],
  [
    'a guard that spares nobody',
    { documents: ({ pool }) => void (pool.spec.guard['minHealthy'] = '90%') },
    ['pool-spares-nobody web-hangzhou'],
  ],
];

describe('of the members the doctor finds', () => {
  it.each(plants)('%s', async (_what, plant, expected) => {
    expect(named(await diagnose(plant))).toEqual(expected);
  });
});

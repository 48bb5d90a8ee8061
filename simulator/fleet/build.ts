import { emptyCompute } from '../core/compute';
import { defaultThrottle } from '../core/settings';
import type { ScalingGroup } from '../core/scaling';
import type { Backend, Instance, LoadBalancer, StoredObject, World } from '../core/world';
import { toDisk, toFiles } from './disks';
import { toDnsZone } from './dns';
import { plainBucket } from '../oss/buckets';
import { addRoles } from './ram';
import { toQueue } from './queue';
import { toApplicationLoadBalancer, toNetworkLoadBalancer, toServerGroup } from './server-groups';
import { Fleet } from './schema';
import type { FleetInput, OneFleet } from './schema';

/** A world in which everything the fleet names has been standing for a while. Throws a ZodError on bad input. */
export function buildWorld(input: FleetInput = {}): World {
  const { others, ...fleet } = Fleet.parse(input);
  return addNeighbours(build(fleet), others);
}

function build(fleet: OneFleet): World {
  const now = Date.parse(fleet.start);
  const world: World = {
    account: fleet.account,
    region: fleet.region,
    bucket: fleet.bucket,
    accessKeyId: fleet.accessKeyId,
    accessKeySecret: fleet.accessKeySecret,
    userName: 'operator',
    userId: `2${fleet.account.slice(1).split('').reverse().join('')}`,
    idSeed: fleet.account,
    neighbours: [],
    ...nothingDeployed(),
    secrets: new Map(Object.entries(fleet.secrets)),
    inactiveServices: new Set(fleet.inactiveServices),
    temporaryKeys: new Map(),
    start: now,
    now,
    serial: 0,
    requests: 0,
    instances: new Map(),
    loadBalancers: new Map(fleet.loadBalancers.map((each) => [each.id, toLoadBalancer(each)])),
    serverGroups: new Map(fleet.serverGroups.map((each) => [each.id, toServerGroup(each)])),
    applicationLoadBalancers: new Map(
      fleet.applicationLoadBalancers.map((each) => [each.id, toApplicationLoadBalancer(each)]),
    ),
    networkLoadBalancers: new Map(
      fleet.networkLoadBalancers.map((each) => [each.id, toNetworkLoadBalancer(each)]),
    ),
    groupJobs: new Map(),
    dnsZones: new Map(fleet.dnsZones.map(toDnsZone).map((zone) => [zone.id, zone])),
    scalingGroups: new Map(fleet.scalingGroups.map((each) => [each.id, toScalingGroup(each)])),
    alarms: new Map(fleet.alarms.map((each, n) => [each.name, { id: `alarm-${n + 1}`, ...each }])),
    queues: new Map(fleet.queues.map((each) => [each.name, toQueue(each, now)])),
    buckets: new Map(
      [fleet.bucket, ...fleet.otherBuckets].map((name) => [name, new Map<string, StoredObject>()]),
    ),
    bucketSettings: new Map(
      Object.entries(fleet.bucketTraits).map(([name, traits]) => [name, { ...plainBucket, ...traits }]),
    ),
    invocations: new Map(),
    tasks: new Map(),
    compute: emptyCompute(),
    ...nothingHappened(),
    switches: fleet.switches,
    settings: fleet.settings,
    throttle: { ...defaultThrottle, ...fleet.throttle },
    budgets: new Map(),
    calls: new Map(),
    permissionUses: new Map(),
    nonces: new Map(),
    tokens: new Map(),
  };
  for (const each of fleet.instances) world.instances.set(each.id, toInstance(world, each));
  addRoles(world, fleet.roles, fleet.serviceLinkedRoles);
  return world;
}

/** What the cloud has still to live through. */
function nothingHappened(): Pick<World, 'events' | 'damages' | 'snapshots' | 'writes' | 'faults' | 'pushes'> {
  return { events: new Map(), damages: new Map(), snapshots: new Map(), writes: [], faults: [], pushes: [] };
}

/** What templates and people make only later. */
function nothingDeployed() {
  const [roles, policies, systemPolicies] = [new Map(), new Map(), new Map()];
  const [stacks, busRules, monitorRules, logProjects] = [new Map(), new Map(), new Map(), new Map()];
  return {
    roles,
    policies,
    systemPolicies,
    stacks,
    busRules,
    monitorRules,
    logProjects,
  } satisfies Partial<World>;
}

/** Other regions of an account share its keys and roles; other accounts share nothing but the clock. */
function addNeighbours(first: World, fleets: readonly OneFleet[]): World {
  const worlds = [first];
  for (const fleet of fleets) worlds.push(toNeighbour(worlds, fleet));
  for (const each of worlds) Object.assign(each, { neighbours: worlds.filter((other) => other !== each) });
  return first;
}

function toNeighbour([first, ...more]: readonly World[], fleet: OneFleet): World {
  const start = new Date(first!.start).toISOString();
  const sibling = [first!, ...more].find(({ account }) => account === fleet.account);
  if (sibling === undefined) {
    const isTaken = fleet.accessKeyId === first!.accessKeyId;
    return build({ ...fleet, start, ...(isTaken && { accessKeyId: `LTAI5t${fleet.account}` }) });
  }
  const { accessKeyId, accessKeySecret, roles, policies, systemPolicies, temporaryKeys } = sibling;
  const shared = { accessKeyId, accessKeySecret, roles, policies, systemPolicies, temporaryKeys };
  const own = build({ ...fleet, start, roles: [], serviceLinkedRoles: [] });
  return { ...own, ...shared, idSeed: `${fleet.account}/${fleet.region}` };
}

function toInstance(world: World, each: Fleet['instances'][number]): Instance {
  const { boot, agent, startedAt, status, name = each.id, disks, tags, files, console, ...rest } = each;
  const systemDisk = { category: 'cloud_essd', kind: 'system' as const, sizeGiB: 40, device: '/dev/xvda' };
  const found = disks.some((disk) => disk.kind === 'system') ? disks : [systemDisk, ...disks];
  const all = found.map((disk) => toDisk(world, disk));
  return {
    ...rest,
    ...boot,
    maintenance: { ...each.maintenance },
    name,
    eni: each.eni ?? `eni-${each.id.slice('i-'.length)}`,
    tags: new Map(Object.entries(tags)),
    files: toFiles(files, all),
    mountedSince: Date.parse(startedAt),
    disks: all,
    history: [{ at: Date.parse(startedAt), status }],
    agentInstalled: agent,
    answering: [],
    locks: [],
    ...(console !== undefined && {
      laid: { at: world.now, bytes: Buffer.from(console), lastAt: world.now },
    }),
  };
}

function toLoadBalancer(each: Fleet['loadBalancers'][number]): LoadBalancer {
  const groups = each.vServerGroups.map((group) => ({
    id: group.id,
    name: group.name ?? group.id,
    backends: group.backends.map(toBackend),
  }));
  return {
    id: each.id,
    name: each.name ?? each.id,
    healthCheckSeconds: each.healthCheckSeconds,
    listeners: each.listeners.map(({ vServerGroup, masterSlaveGroup, rules, ...listener }) => ({
      ...listener,
      vServerGroupId: vServerGroup,
      masterSlaveGroupId: masterSlaveGroup,
      rules: rules.map(({ vServerGroup: vServerGroupId, ...rule }) => ({ ...rule, vServerGroupId })),
    })),
    defaultGroup: each.defaultGroup.map(toBackend),
    vServerGroups: new Map(groups.map((group) => [group.id, group])),
    masterSlaveGroups: new Map(
      each.masterSlaveGroups.map(({ id, name = id, master, slave }) => [
        id,
        {
          id,
          name,
          master: toBackend({ ...master, weight: 100 }),
          slave: toBackend({ ...slave, weight: 100 }),
        },
      ]),
    ),
  };
}

function toBackend(each: { server: string; ip?: string; port?: number; weight: number }): Backend {
  const { server, ip, port, weight } = each;
  return {
    serverId: server,
    ...(ip === undefined ? {} : { serverIp: ip }),
    ...(port === undefined ? {} : { port }),
    weight,
    weights: [{ at: 0, weight }],
  };
}

function toScalingGroup(each: Fleet['scalingGroups'][number]): ScalingGroup {
  const { id, name = id, lifecycle, members, minSize, maxSize, attached } = each;
  return {
    id,
    name,
    lifecycle,
    members: members.map(({ instance, protected: on, standby, ...member }) => ({
      ...member,
      instanceId: instance,
      standby: [{ at: 0, on: standby }],
      protection: [{ at: 0, on }],
    })),
    activities: [],
    minSize,
    maxSize,
    attached: attached.map((one) => ({ ...one })),
    launched: 0,
  };
}

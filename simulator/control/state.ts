import type { ServerGroup } from '../core/server-groups';
import type { ScalingGroup } from '../core/scaling';
import type { Backend, LoadBalancer, Queue, World } from '../core/world';
import { isAgentOnline } from '../ecs/agent';
import { instanceOf } from '../clb/health';
import type { DnsZone } from '../core/dns';
import { instanceOfRecord, isOn, nameOfHost } from '../dns/records';
import { servingNow } from '../clb/master-slave';
import { establishedConnections, weightAt } from '../ecs/connections';
import { eventStatusAt } from '../ecs/event-history';
import { localDisks } from '../ecs/local-disks';
import { bootCount, runningSince, startedAt, statusAt } from '../ecs/lifecycle';
import { lifecycleAt, replacedAt } from '../ess/members';
import { isUp } from '../server-groups/health';
import { instanceBehind, listedServers, statusOf } from '../server-groups/servers';

/** The whole world as it stands now. */
export function getState(world: World): object {
  return {
    now: world.now,
    instances: [...world.instances.values()].map((instance) => ({
      id: instance.id,
      zone: instance.zone,
      status: statusAt(instance, world.now),
      startedAt: startedAt(instance, world.now),
      bootCount: bootCount(instance, world.now),
      agentOnline: isAgentOnline(world, instance, world.now),
      connections: establishedConnections(world, instance, world.now),
      localDisks: localDisks(instance).map(({ id }) => id),
    })),
    groups: [
      ...[...world.loadBalancers.values()].flatMap((balancer) => groupsOf(world, balancer)),
      ...[...world.serverGroups.values()].flatMap((group) => serversOf(world, group)),
      ...[...world.dnsZones.values()].flatMap((zone) => recordsOf(world, zone)),
    ],
    masterSlaveGroups: [...world.loadBalancers.values()].flatMap((balancer) =>
      masterSlaveState(world, balancer),
    ),
    events: [...world.events.values()].map((event) => ({
      id: event.id,
      code: event.code,
      instanceId: event.instanceId,
      status: eventStatusAt(event, world.now),
      notBefore: event.notBefore ?? null,
    })),
    scalingGroups: [...world.scalingGroups.values()].map((group) => scalingState(world, group)),
    queues: [...world.queues.values()].map((queue) => queueState(world, queue)),
    objects: [...world.buckets].flatMap(([bucket, objects]) =>
      [...objects].map(([key, object]) => ({ bucket, key, size: object.content.length })),
    ),
  };
}

function groupsOf(world: World, balancer: LoadBalancer): object[] {
  const row = (group: string) => (backend: Backend) => ({
    loadBalancer: balancer.id,
    group,
    server: backend.serverId,
    instance: backend.serverId.startsWith('eni-')
      ? (instanceOf(world, backend)?.id ?? null)
      : backend.serverId,
    port: backend.port ?? null,
    weight: backend.weight,
    health: isHealthy(world, backend) ? 'normal' : 'abnormal',
  });
  return [
    ...balancer.defaultGroup.map(row('default')),
    ...[...balancer.vServerGroups.values()].flatMap((group) => group.backends.map(row(group.id))),
  ];
}

/** `serving` has all the traffic at present. */
function masterSlaveState(world: World, balancer: LoadBalancer): object[] {
  return [...balancer.masterSlaveGroups.values()].map((group) => ({
    loadBalancer: balancer.id,
    group: group.id,
    serving: servingNow(world, balancer, group).serverId,
  }));
}

/** `server` is how the group names it, `instance` who that is; the weight is the one that traffic goes by. */
function serversOf(world: World, group: ServerGroup): object[] {
  return listedServers(group, world.now).map((server) => ({
    product: group.product,
    group: group.id,
    server: server.serverId,
    instance: instanceBehind(world, server)?.id ?? null,
    port: server.port ?? null,
    weight: weightAt(server, world.now),
    status: statusOf(world, server, world.now),
    health: isUp(world, server, world.now) ? 'normal' : 'abnormal',
  }));
}

/** The weight is 100 for a record that is given out now; who remembers it is another matter. */
function recordsOf(world: World, zone: DnsZone): object[] {
  return zone.records.map((record) => ({
    product: zone.product,
    group: nameOfHost(zone, record),
    server: record.value,
    instance: instanceOfRecord(world, record)?.id ?? null,
    port: null,
    weight: isOn(record, world.now) ? 100 : 0,
  }));
}

/** Whether the application behind the backend answers; how soon a load balancer notices is its own matter. */
function isHealthy(world: World, backend: Backend): boolean {
  const instance = instanceOf(world, backend);
  const since = instance && runningSince(instance, world.now);
  return since !== undefined && world.now >= since + (instance?.applicationSeconds ?? 0) * 1000;
}

function scalingState(world: World, group: ScalingGroup): object {
  const members = group.members.map((member) => ({
    instanceId: member.instanceId,
    lifecycle: lifecycleAt(member, world.now),
    replacedAt: replacedAt(world, group, member, world.now) ?? null,
  }));
  const underWay = group.activities.filter(({ endsAt }) => world.now < endsAt).map(({ id }) => id);
  return { id: group.id, members, activities: underWay };
}

function queueState(world: World, queue: Queue): object {
  const leased = queue.messages.filter(
    (message) => message.dequeueCount > 0 && message.visibleAt > world.now,
  );
  const delayed = queue.messages.filter(
    (message) => message.dequeueCount === 0 && message.visibleAt > world.now,
  );
  const visible = queue.messages.length - leased.length - delayed.length;
  return { name: queue.name, visible, leased: leased.length, delayed: delayed.length };
}

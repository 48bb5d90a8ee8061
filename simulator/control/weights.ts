import * as z from 'zod';
import { recordWrite } from '../core/record';
import type { Backend, World } from '../core/world';
import { turn } from '../dns/change';
import { nameOfHost } from '../dns/records';
import { weighFrom } from '../server-groups/servers';
import { members } from '../server-groups/writes';
import type { Knock } from './knock';
import { known, Refusal } from './refusal';

const WeightRequest = z.strictObject({
  /** Needed for CLB alone; groups of ALB and NLB have names that say enough. */
  loadBalancer: z.string().default(''),
  group: z.string().default('default'),
  server: z.string(),
  port: z.number().int().optional(),
  weight: z.number().int().min(0).max(100),
});
type WeightRequest = z.infer<typeof WeightRequest>;

/** A person changes a weight by hand, in the console. It counts at once, in ALB and NLB too. */
export function putWeight(world: World, { body }: Knock): object {
  const asked = WeightRequest.parse(body);
  if (asked.group.startsWith('dns/')) return turnRecord(world, asked);
  const { group, server, port, weight } = asked;
  const isServerGroup = group.startsWith('sgp-');
  const servers = isServerGroup ? serversOf(world, asked) : backendsOf(world, asked);
  const matching = servers.filter((one) => one.serverId === server && (port ?? one.port) === one.port);
  if (matching.length === 0) throw new Refusal(`${group}: no backend ${server}:${port ?? '*'}`);
  for (const one of matching) {
    if ('weight' in one) one.weight = weight;
    weighFrom(one, world.now, weight);
  }
  const target = group === 'default' ? asked.loadBalancer : group;
  recordWrite(world, { product: 'person', action: 'SetWeight', target, params: asked, outcome: 'done' });
  return { changed: matching.length };
}

/** Any weight above 0 switches the record on. */
function turnRecord(world: World, { group, server, weight, ...rest }: WeightRequest): object {
  const records = [...world.dnsZones.values()].flatMap((zone) =>
    zone.records.filter((record) => nameOfHost(zone, record) === group && record.value === server),
  );
  if (records.length === 0) throw new Refusal(`${group}: no record ${server}`);
  for (const record of records) turn(record, weight > 0, world.now);
  const params = { ...rest, group, server, weight };
  recordWrite(world, { product: 'person', action: 'SetWeight', target: group, params, outcome: 'done' });
  return { changed: records.length };
}

function backendsOf(world: World, { loadBalancer, group }: WeightRequest): readonly Backend[] {
  const balancer = known('load balancer', world.loadBalancers, loadBalancer);
  if (group === 'default') return balancer.defaultGroup;
  return known('vServer group', balancer.vServerGroups, group).backends;
}

function serversOf(world: World, { group }: WeightRequest) {
  return members(known('server group', world.serverGroups, group), world.now);
}

import * as z from 'zod';
import { recordWrite } from '../core/record';
import type { World } from '../core/world';
import type { Knock } from './knock';
import { known, Refusal } from './refusal';

const WeightRequest = z.strictObject({
  loadBalancer: z.string(),
  group: z.string().default('default'),
  server: z.string(),
  port: z.number().int().optional(),
  weight: z.number().int().min(0).max(100),
});

/** A person changes a weight by hand, in the console. */
export function putWeight(world: World, { body }: Knock): object {
  const asked = WeightRequest.parse(body);
  const balancer = known('load balancer', world.loadBalancers, asked.loadBalancer);
  const backends =
    asked.group === 'default'
      ? balancer.defaultGroup
      : known('vServer group', balancer.vServerGroups, asked.group).backends;
  const matching = backends.filter(
    (backend) => backend.serverId === asked.server && (asked.port ?? backend.port) === backend.port,
  );
  if (matching.length === 0)
    throw new Refusal(`${asked.group}: no backend ${asked.server}:${asked.port ?? '*'}`);
  for (const backend of matching) {
    backend.weight = asked.weight;
    backend.weights.push({ at: world.now, weight: asked.weight });
  }
  const target = asked.group === 'default' ? asked.loadBalancer : asked.group;
  recordWrite(world, { product: 'person', action: 'SetWeight', target, params: asked, outcome: 'done' });
  return { changed: matching.length };
}

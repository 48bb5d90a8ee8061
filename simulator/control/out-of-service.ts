import type { Instance, World } from '../core/world';
import { placesOf, weightAt } from '../ecs/connections';
import { statusAt } from '../ecs/lifecycle';

/** Times in which an instance that the load balancers know carried no weight anywhere, or was not Running. */
export function getOutOfService(world: World): object {
  const members = [...world.instances.values()].filter((instance) => placesOf(world, instance.id).length > 0);
  return { spans: members.flatMap((instance) => spansOf(world, instance)) };
}

interface Span {
  readonly instanceId: string;
  readonly from: number;
  to: number | null;
}

function spansOf(world: World, instance: Instance): Span[] {
  const changes = [
    ...instance.history.map((entry) => entry.at),
    ...placesOf(world, instance.id).flatMap((place) => place.weights.map((entry) => entry.at)),
  ];
  const instants = [...new Set(changes)].filter((at) => at > 0 && at <= world.now).sort((a, b) => a - b);
  const spans: Span[] = [];
  for (const at of instants) {
    const open = spans.at(-1)?.to === null ? spans.at(-1) : undefined;
    const serving = isServing(world, instance, at);
    if (!serving && open === undefined)
      spans.push({ instanceId: instance.id, from: Math.max(at, world.start), to: null });
    if (serving && open !== undefined) open.to = at;
  }
  return spans;
}

function isServing(world: World, instance: Instance, at: number): boolean {
  const hasWeight = placesOf(world, instance.id).some((place) => weightAt(place, at) > 0);
  return hasWeight && statusAt(instance, at) === 'Running';
}

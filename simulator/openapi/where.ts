import type { WireRequest } from '../core/http';
import type { World } from '../core/world';
import { everywhere, worldOfKey } from '../core/worlds';

/** The account and region that a request of any product is meant for, by its key and by the region it names. */
export function worldOf(world: World, request: WireRequest): World {
  if (world.neighbours.length === 0) return world;
  const form = isForm(request) ? new URLSearchParams(request.body.toString('utf8')) : new URLSearchParams();
  const said = (name: string) => request.query.get(name) ?? form.get(name) ?? undefined;
  const key = keyIdOf(request) ?? said('AccessKeyId');
  const named = worldOfKey(world, key, said('RegionId'));
  return said('RegionId') === undefined ? (besideInstance(named, world, said('InstanceId')) ?? named) : named;
}

/** Several calls of ECS name no region, because its endpoint does; here all share one address, so the instance tells. */
function besideInstance(named: World, world: World, instanceId: string | undefined): World | undefined {
  return everywhere(world).find(
    ({ account, instances }) =>
      account === named.account && instanceId !== undefined && instances.has(instanceId),
  );
}

/** `OSS id:…`, `MNS id:…`, `FC id:…` and `Credential=id…` say whose key it is. */
function keyIdOf({ headers }: WireRequest): string | undefined {
  const found = /(?:Credential=|^(?:OSS|MNS|FC) )([^:,/\s]+)/.exec(headers.authorization ?? '');
  return found?.[1];
}

function isForm({ headers }: WireRequest): boolean {
  return (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

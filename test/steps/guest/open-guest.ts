import { runScript, type ShellResult } from '../../../simulator/ecs/assistant/shell';
import type { Instance, World } from '../../../simulator/core/world';
import { buildWorld } from '../../../simulator/fleet/build';
import type { FleetInput } from '../../../simulator/fleet/schema';

export const bucket = 'failover-retail';

export interface Guest {
  readonly world: World;
  readonly instance: Instance;
  readonly run: (script: string, timeoutSeconds?: number) => Promise<ShellResult>;
  /** What is in the bucket, as text. */
  readonly uploaded: () => Readonly<Record<string, string>>;
  readonly file: (path: string) => string | Uint8Array | undefined;
}

/** An instance to run scripts on, one after another. */
export function openGuest(more: Partial<NonNullable<FleetInput['instances']>[number]> = {}): Guest {
  const world = buildWorld({
    otherBuckets: [bucket],
    instances: [
      {
        id: 'i-bp1web0000000000001',
        zone: 'cn-hangzhou-h',
        privateIp: '192.168.10.11',
        startedAt: '2026-10-02T03:04:05Z',
        ramRole: 'backup-writer',
        ...more,
      },
    ],
  });
  const [instance] = world.instances.values();
  if (instance === undefined) throw new Error('the fleet has no instance');
  return {
    world,
    instance,
    run: (script, timeoutSeconds = 600) =>
      runScript({ world, instance, startedAt: world.now, now: world.now }, script, { timeoutSeconds }),
    uploaded: () =>
      Object.fromEntries(
        [...(world.buckets.get(bucket) ?? [])].map(([key, { content }]) => [key, content.toString()]),
      ),
    file: (path) => instance.files.get(path),
  };
}

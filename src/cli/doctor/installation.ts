import { namesOf } from '../deploy/names';
import type { Generation } from '../deploy/ports';
import type { Installation } from './patient';

/** Everything that is looked at, by the names that a deployment gives it. */
export function installationOf({
  prefix,
  account,
  region,
  generation,
  queue,
  bucket,
}: {
  readonly prefix: string;
  readonly account: string;
  readonly region: string;
  readonly generation: Generation;
  readonly queue: string;
  readonly bucket: string;
}): Installation {
  const { codeBucket, functionOf } = namesOf(prefix, account, region);
  return {
    ...{ prefix, account, region, generation, bucket, codeBucket },
    runs: queue,
    deadRuns: `${queue}-dead`,
    ...(generation === 'fc3' ? { events: `${prefix}-events` } : { busRule: `${prefix}-ecs-events` }),
    deadEvents: `${prefix}-events-dead`,
    eventRule: `${prefix}-ecs`,
    functionOf: (name) => functionOf(name, generation),
  };
}

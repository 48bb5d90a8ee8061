import type { World } from '../../engine/ports';
import { machine } from '../../connect';
import { connectToAccount } from '../account';
import { connectToCloud } from '../deploy/connect-to-cloud';
import { theInstallation } from '../deploy/find-installation';

/** Which installation is meant, as the flags have it. */
export interface Whose {
  readonly prefix?: string;
  readonly region?: string;
  readonly endpoint?: string;
}

/**
 * With the bucket that the environment names; without one, or with --prefix, that of the installation.
 *
 * @throws BadInput with everything that is missing
 */
export async function openStore({ prefix, ...where }: Whose): Promise<World> {
  if (prefix === undefined && machine.environment['FAILOVER_BUCKET']) return (await connectToAccount()).world;
  const { deployment } = await connectToCloud({ ...where, prefix: prefix ?? 'failover' });
  const { stateBucket, names } = await theInstallation(deployment, prefix ?? 'failover');
  return deployment.world({ bucket: stateBucket, queue: names.queue });
}

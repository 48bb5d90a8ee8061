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
 * The bucket that the environment names; without one, or where a flag says which is meant, that of the installation.
 *
 * @throws BadInput with everything that is missing
 */
export async function openStore({ prefix, region, endpoint }: Whose): Promise<World> {
  const isSaid = [prefix, region, endpoint].some((flag) => flag !== undefined);
  if (!isSaid && machine.environment['FAILOVER_BUCKET']) return (await connectToAccount()).world;
  const where = { ...(region !== undefined && { region }), ...(endpoint !== undefined && { endpoint }) };
  const { deployment } = await connectToCloud({ ...where, prefix: prefix ?? 'failover' });
  const { stateBucket, names } = await theInstallation(deployment, prefix ?? 'failover');
  return deployment.world({ bucket: stateBucket, queue: names.queue });
}

import { openDeployment } from '../../cloud/deployment/open';
import type { Keys } from '../../cloud/keys';
import { machine } from '../../connect';
import { clockOf } from '../account';
import { BadInput } from '../exits';
import type { Deployment } from './ports';

/** Where to install, as the flags have it. */
export interface Where {
  readonly prefix: string;
  readonly region?: string;
  readonly endpoint?: string;
}

export interface Reached {
  readonly deployment: Deployment;
  readonly endpoint: string | undefined;
}

/**
 * Opens the account whose keys the environment has.
 *
 * @throws BadInput with everything that is missing
 */
export async function connectToCloud(where: Where): Promise<Reached> {
  const { environment } = machine;
  const region = where.region ?? environment['FAILOVER_REGION'];
  const endpoint = where.endpoint ?? environment['FAILOVER_ENDPOINT'];
  const keys = readKeys(environment);
  const problems = [
    ...(keys === undefined
      ? ['ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET: expected an access key']
      : []),
    ...(region === undefined ? ['--region: found none; expected a region such as cn-hangzhou'] : []),
    ...(/^[a-z][a-z0-9-]{2,20}$/.test(where.prefix)
      ? []
      : [`--prefix: found ${where.prefix}; expected 3 to 21 lower-case letters, digits and hyphens`]),
  ];
  if (keys === undefined || region === undefined || problems.length > 0) {
    throw new BadInput(problems.join('\n'));
  }
  const deployment = await openDeployment({
    region,
    endpoint,
    keys: () => Promise.resolve(keys),
    now: await clockOf(endpoint),
    pause: machine.pause,
    token: machine.invocation(),
  });
  return { deployment, endpoint };
}

function readKeys(environment: typeof machine.environment): Keys | undefined {
  const {
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
    ALIBABA_CLOUD_SECURITY_TOKEN: securityToken,
  } = environment;
  if (!accessKeyId || !accessKeySecret) return undefined;
  return { accessKeyId, accessKeySecret, ...(securityToken && { securityToken }) };
}

import type { CloudFunction } from '../core/compute';
import { ApiError } from '../core/call';
import type { World } from '../core/world';
import { assumeRole } from '../sts/assume';

interface RoleKeys {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
  readonly expiresAt: number;
}

const hourMs = 3_600_000;
/** https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/grant-function-compute-permissions-to-access-other-alibaba-cloud-services */
const validSeconds = 36 * 3600;

const issued = new WeakMap<World, Map<string, RoleKeys>>();

/** Temporary keys of the function's role, renewed every hour; undefined for a function that has none. */
function roleKeys(world: World, known: CloudFunction): RoleKeys | undefined {
  const role = roleOf(world, known);
  if (role === undefined || role === '') return undefined;
  const keys = issued.get(world) ?? new Map<string, RoleKeys>();
  issued.set(world, keys);
  const old = keys.get(role);
  if (old !== undefined && world.now < old.expiresAt - validSeconds * 1000 + hourMs) return old;
  const fresh = assume(world, role);
  keys.set(role, fresh);
  return fresh;
}

function assume(world: World, roleArn: string): RoleKeys {
  const asked = { roleArn, sessionName: 'fc', seconds: validSeconds };
  try {
    return assumeRole(world, { kind: 'service', service: 'fc.aliyuncs.com' }, asked).key;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ApiError(
      403,
      'AccessDenied',
      `the service is not allowed to assume ${roleArn}: ${error.message}`,
    );
  }
}

/** What an invocation is told. https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/context */
export function contextOf(world: World, known: CloudFunction, requestId: string): object {
  const { handler, memorySize: memory, timeout } = known.properties;
  const { id: accessKeyId, secret: accessKeySecret, token: securityToken } = roleKeys(world, known) ?? noKeys;
  const logConfig = logConfigOf(world, known);
  return {
    requestId,
    credentials: { accessKeyId, accessKeySecret, securityToken },
    function: { name: known.name, handler, memory, timeout },
    service: {
      name: known.service ?? '',
      logProject: logConfig?.['project'] ?? '',
      logStore: logConfig?.['logstore'] ?? '',
      qualifier: 'LATEST',
      versionId: '',
    },
    region: world.region,
    accountId: world.account,
    retryCount: 0,
  };
}

/**
 * The environment of an instance: what Function Compute sets, below what the function's configuration says.
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/configure-environment-variables
 */
export function environmentOf(world: World, known: CloudFunction, folder: string): Record<string, string> {
  const { handler, memorySize, environmentVariables } = known.properties;
  const keys = roleKeys(world, known);
  world.serial += 1;
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: 'UTC',
    ...(keys && {
      ALIBABA_CLOUD_ACCESS_KEY_ID: keys.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys.secret,
      ALIBABA_CLOUD_SECURITY_TOKEN: keys.token,
    }),
    ...environmentVariables,
    FC_FUNC_CODE_PATH: folder,
    FC_ACCOUNT_ID: world.account,
    FC_REGION: world.region,
    FC_FUNCTION_NAME: known.name,
    FC_FUNCTION_HANDLER: handler,
    FC_FUNCTION_MEMORY_SIZE: String(memorySize),
    FC_INSTANCE_ID: `c-${world.serial}`,
    FC_VER_ID: known.code.checksum,
    ...(known.service !== undefined && { FC_SERVICE_NAME: known.service, FC_QUALIFIER: 'LATEST' }),
  };
}

const noKeys = { id: '', secret: '', token: '' };

function roleOf(world: World, { service, properties }: CloudFunction): string | undefined {
  return service === undefined ? properties.role : world.compute.services.get(service)?.properties.role;
}

function logConfigOf(world: World, { service, properties }: CloudFunction) {
  const found =
    service === undefined
      ? properties['logConfig']
      : world.compute.services.get(service)?.properties.logConfig;
  return found as Readonly<Record<string, unknown>> | undefined;
}

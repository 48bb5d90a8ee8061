import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import * as z from 'zod';
import type { Keys } from './cloud/keys';
import { openWorld, type WorldOptions } from './cloud/open-cloud';
import type { Kept } from './cloud/site-keys';
import { scrub } from './cloud/scrub';
import type { Log, Successor, World } from './engine/ports';
import type { Millis } from './event/system-event';

/** What Function Compute hands to every invocation, as far as we use it, and what a local runner adds. */
export interface FunctionContext {
  readonly requestId: string;
  readonly accountId?: string;
  readonly region?: string;
  /** Of the function's role. Missing or empty strings when it has none. */
  readonly credentials?: Partial<Keys>;
  readonly function?: { readonly name?: string; readonly timeout?: string | number };
  /** Of FC 2.0 only. */
  readonly service?: { readonly name?: string };
  /** In place of the machine's clock, environment and standard output, each where it is given. */
  readonly local?: {
    readonly now?: () => Millis;
    readonly environment?: Readonly<Record<string, string | undefined>>;
    readonly log?: Log;
  };
}

/** How an account is reached, for whoever opens more of it than the engine's world. */
type CloudAccess = Pick<WorldOptions, 'account' | 'region' | 'keys' | 'endpoint' | 'now' | 'variable'>;

export interface Connection {
  readonly world: World;
  /** For local runs; without it the playbooks are those in the bucket. */
  readonly playbooksFolder?: string;
  readonly account: string;
  readonly region: string;
  readonly queue: string;
  readonly bucket: string;
  readonly access: CloudAccess;
  /** When this invocation must have stopped taking up work, so that nothing is cut off at its timeout. */
  readonly deadline: Millis;
  /** From one sweep to the next; absent where the environment does not say. */
  readonly sweepEveryMs?: Millis;
  /** Where work that is left is better handed on than left to the timer. */
  readonly successor?: Successor;
}

/** Makes a successor from where the function is; a part that only one function brings along. */
type CreateSuccessor = (options: {
  readonly account: string;
  readonly region: string;
  readonly keys: () => Promise<Keys>;
  readonly now: () => Millis;
  readonly timeoutMs: number;
  readonly endpoint?: string | undefined;
  readonly service: string;
  readonly name: string;
}) => Successor;

/** The machine's clock, environment and user, for the command; functions have an invocation's context instead. */
export const machine: {
  readonly now: () => Millis;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Name of the user; undefined where the machine knows none for the process. */
  readonly user: () => string | undefined;
  /** Names one use of the command: no other writer's line in a journal is ever the same as ours. */
  readonly invocation: () => string;
  /** For whoever watches: comes back so many milliseconds later. */
  readonly pause: (ms: number) => Promise<void>;
  /** IANA zone of whoever reads. */
  readonly zone: () => string;
} = {
  now: Date.now,
  get environment() {
    return process.env;
  },
  user: () => {
    try {
      return userInfo().username;
    } catch {
      return undefined;
    }
  },
  invocation: () => `command-${randomUUID()}`,
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
};

/** Of this process: a warm instance need not assume its roles anew with every invocation. */
const warm: Kept = { sessions: new Map(), secrets: new Map() };

/** Kept free at the end of an invocation for the calls that are under way. */
const reserveSeconds = 20;
const usualTimeoutSeconds = 120;

const noKeys = 'expected an access key; the invocation carries no credentials of a role';

const sweepExpected =
  'expected the seconds from one sweep to the next, a multiple of 60, as the timer of poll has them';

const Environment = z.object({
  FAILOVER_QUEUE: z.string('expected the name of the MNS queue that carries the runs'),
  FAILOVER_BUCKET: z.string('expected the name of the OSS bucket that keeps the journals'),
  FAILOVER_REGION: z.string('expected a region such as cn-hangzhou; the invocation names none'),
  FAILOVER_ACCOUNT: z
    .string('expected the id of the account; the invocation names none')
    .regex(/^\d+$/, 'expected the id of the account in digits'),
  FAILOVER_ENDPOINT: z
    .string()
    .refine(
      isSafeEndpoint,
      'expected an https:// address; http:// is for 127.0.0.1, localhost and [::1] only',
    )
    .optional(),
  FAILOVER_GENERATION: z.enum(['fc3', 'fc2']).optional(),
  FAILOVER_PLAYBOOKS: z.string().optional(),
  FAILOVER_SWEEP_SECONDS: z
    .string()
    .regex(/^[1-9]\d{1,5}$/, sweepExpected)
    .transform(Number)
    .refine((seconds) => seconds % 60 === 0, sweepExpected)
    .optional(),
  ALIBABA_CLOUD_ACCESS_KEY_ID: z.string(noKeys),
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: z.string(noKeys),
  ALIBABA_CLOUD_SECURITY_TOKEN: z.string().optional(),
});
type Environment = z.infer<typeof Environment>;

/**
 * The composition root: the only reader of the environment and of the clock. Called once for every
 * invocation, because a role's credentials expire.
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/context
 */
export function connect(context: FunctionContext, createSuccessor?: CreateSuccessor): Connection {
  const given = context.local?.environment ?? machine.environment;
  const { keys, environment } = settle(context, given);
  const now = context.local?.now ?? machine.now;
  const secrets = [keys.accessKeySecret, keys.securityToken ?? ''];
  const account = environment.FAILOVER_ACCOUNT;
  const region = environment.FAILOVER_REGION;
  const endpoint = environment.FAILOVER_ENDPOINT;
  const access: CloudAccess = {
    ...{ account, region, now, keys: () => Promise.resolve(keys) },
    variable: (name) => given[name],
    ...(endpoint !== undefined && { endpoint }),
  };
  const { FAILOVER_QUEUE: queue, FAILOVER_BUCKET: bucket } = environment;
  const world = openWorld({
    ...access,
    worker: context.requestId,
    queue,
    bucket,
    kept: warm,
    log: context.local?.log ?? writeLine(secrets),
  });
  const timeoutSeconds = Number(context.function?.timeout ?? usualTimeoutSeconds);
  const deadline = now() + (timeoutSeconds - reserveSeconds) * 1000;
  const { service, function: own } = context;
  const isOf2 = environment.FAILOVER_GENERATION === 'fc2' && service?.name && own?.name;
  const { FAILOVER_PLAYBOOKS: playbooksFolder, FAILOVER_SWEEP_SECONDS: sweepSeconds } = environment;
  return {
    ...{ world, account, region, deadline, queue, bucket, access },
    ...(playbooksFolder !== undefined && { playbooksFolder }),
    ...(sweepSeconds !== undefined && { sweepEveryMs: sweepSeconds * 1000 }),
    ...(isOf2 &&
      createSuccessor && {
        successor: createSuccessor({ ...access, timeoutMs: 5000, service: service.name, name: own.name }),
      }),
  };
}

/** The invocation's own credentials come first: the environment's are as old as the process. */
function settle(context: FunctionContext, given: Readonly<Record<string, string | undefined>>) {
  const role = context.credentials;
  const ofRole = role?.accessKeyId && role.accessKeySecret ? role : undefined;
  const environment = readEnvironment({
    FAILOVER_REGION: context.region,
    FAILOVER_ACCOUNT: context.accountId,
    ...withoutEmpty(given),
    ...(ofRole && {
      ALIBABA_CLOUD_ACCESS_KEY_ID: ofRole.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: ofRole.accessKeySecret,
      ALIBABA_CLOUD_SECURITY_TOKEN: ofRole.securityToken || undefined,
    }),
  });
  const token = environment.ALIBABA_CLOUD_SECURITY_TOKEN;
  const keys: Keys = {
    accessKeyId: environment.ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret: environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    ...(token !== undefined && { securityToken: token }),
  };
  return { keys, environment };
}

/** All problems at once, each with the name, what was found and what would have been right. */
function readEnvironment(values: Readonly<Record<string, string | undefined>>): Environment {
  const parsed = Environment.safeParse(values);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.');
    const value = values[name];
    const found = value === undefined ? 'nothing' : `"${scrub(value)}"`;
    return `${name}: found ${found}; ${issue.message}`;
  });
  throw new Error(`environment:\n  ${problems.join('\n  ')}`);
}

function isSafeEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** A variable that is set to nothing counts as not set. */
function withoutEmpty(values: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  );
}

/** One JSON line an entry on standard output, which Function Compute collects. */
function writeLine(secrets: readonly string[]): Log {
  return (entry) => {
    process.stdout.write(`${scrub(JSON.stringify(entry), secrets)}\n`);
  };
}

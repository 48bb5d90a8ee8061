import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ApiError } from '../core/call';
import type { CloudFunction, FunctionCode, FunctionRun } from '../core/compute';
import { functionKey } from '../core/compute';
import type { World } from '../core/world';
import { removeFolder, unpack } from './unpack';

/** Plain JavaScript, and beside this program when it is built. */
const bootstrap = join(__dirname, 'bootstrap.mjs');

/** What an instance gets for one invocation. */
export interface Job {
  readonly event: Buffer;
  readonly context: object;
  /** The cloud's clock. */
  readonly now: number;
}

export type Ending = Pick<FunctionRun, 'error' | 'log'> & { readonly body: Buffer };

interface Instance {
  readonly key: string;
  /** Changes with the code and the configuration. */
  readonly version: string;
  readonly child: ChildProcess;
  busy: boolean;
}

/** The instances of a world's functions, and the folders of the code that they run. */
interface Pool {
  readonly instances: Set<Instance>;
  readonly folders: Map<FunctionCode, string>;
  readonly clear: () => void;
}

const pools = new WeakMap<World, Pool>();
/** Worlds that are no longer served: nothing begins there any more. */
const ended = new WeakSet<World>();

/**
 * Runs one invocation in an instance of its own: a warm one of this version that is idle, or a new one. It stays
 * warm afterwards, unless it crashed or ran out of time.
 */
export async function runJob(
  world: World,
  known: CloudFunction,
  environment: (folder: string) => Readonly<Record<string, string>>,
  job: Job,
): Promise<Ending> {
  if (ended.has(world)) throw new ApiError(503, 'ServiceUnavailable', 'the simulated cloud has ended');
  const pool = poolOf(world);
  const instance = take(pool, known, environment);
  instance.busy = true;
  try {
    return await converse(instance, job, known.properties.timeout);
  } finally {
    instance.busy = false;
    if (instance.child.exitCode !== null || instance.child.killed) pool.instances.delete(instance);
  }
}

/** Ends all instances for good and removes their code. */
export function endInstances(world: World): void {
  ended.add(world);
  pools.get(world)?.clear();
  pools.delete(world);
}

/** Ends the idle instances of one function; the next invocation starts a new one. */
export function endFunction(world: World, known: CloudFunction): void {
  const pool = poolOf(world);
  const key = functionKey(known.service, known.name);
  for (const each of [...pool.instances].filter((one) => one.key === key && !one.busy)) {
    each.child.kill('SIGKILL');
    pool.instances.delete(each);
  }
}

function poolOf(world: World): Pool {
  const known = pools.get(world);
  if (known !== undefined) return known;
  const [instances, folders] = [new Set<Instance>(), new Map<FunctionCode, string>()];
  const end = () => {
    for (const { child } of instances) child.kill('SIGKILL');
    for (const folder of folders.values()) removeFolder(folder);
  };
  const clear = () => {
    process.off('exit', end);
    end();
  };
  process.once('exit', end);
  const pool = { instances, folders, clear };
  pools.set(world, pool);
  return pool;
}

function take(
  pool: Pool,
  known: CloudFunction,
  environment: (folder: string) => Readonly<Record<string, string>>,
): Instance {
  const key = functionKey(known.service, known.name);
  const version = `${known.id}/${known.code.checksum}/${JSON.stringify(known.properties)}`;
  const own = [...pool.instances].filter((each) => each.key === key);
  const old = own.filter((each) => !each.busy && each.version !== version);
  for (const each of old) {
    each.child.kill('SIGKILL');
    pool.instances.delete(each);
  }
  refuseBeyond(known, own.filter(({ busy }) => busy).length);
  const warm = own.find((each) => !each.busy && each.version === version);
  if (warm !== undefined) return warm;
  const folder = folderOf(pool, known.code);
  const child = fork(bootstrap, {
    cwd: folder,
    env: { ...environment(folder) },
    execArgv: [`--max-old-space-size=${known.properties.memorySize}`],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const instance = { key, version, child, busy: false };
  child.once('exit', () => pool.instances.delete(instance));
  pool.instances.add(instance);
  return instance;
}

function refuseBeyond({ reservedConcurrency, name }: CloudFunction, running: number): void {
  if (reservedConcurrency === undefined || running < reservedConcurrency) return;
  throw new ApiError(
    429,
    'ResourceExhausted',
    `function '${name}' has ${reservedConcurrency} instances at most`,
  );
}

function folderOf(pool: Pool, code: FunctionCode): string {
  const known = pool.folders.get(code) ?? unpack(code);
  pool.folders.set(code, known);
  return known;
}

type Told = { readonly log?: string; readonly result?: Uint8Array; readonly failure?: string };

/** https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/error-handling */
async function converse({ child }: Instance, job: Job, timeoutSeconds: number): Promise<Ending> {
  const log: string[] = [];
  const crashed = (message: string): Ending => ({
    error: 'UnhandledInvocationError',
    body: Buffer.from(JSON.stringify({ errorMessage: message })),
    log,
  });
  return new Promise((resolve) => {
    const note = (text: string | Buffer) => log.push(...String(text).split('\n').filter(Boolean));
    const end = (ending: Ending) => {
      clearTimeout(timer);
      child.removeAllListeners('message').off('close', gone);
      child.stdout?.off('data', note);
      child.stderr?.off('data', note);
      resolve(ending);
    };
    const gone = () => end(crashed('Process exited unexpectedly before completing request'));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      end(crashed(`Function timed out after ${timeoutSeconds} seconds`));
    }, timeoutSeconds * 1000);
    child.on('message', ({ log: text, result, failure }: Told) => {
      if (text !== undefined) note(text);
      if (result !== undefined) end({ body: Buffer.from(result), log });
      if (failure !== undefined) {
        end({ error: 'HandledInvocationError', body: Buffer.from(failure), log });
      }
    });
    child.once('close', gone);
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    child.send(job, (error) => {
      if (error !== null) gone();
    });
  });
}

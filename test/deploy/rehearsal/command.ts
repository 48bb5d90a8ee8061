import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Cloud } from './cloud';

/** While a command waits, the cloud goes on so often. */
const everyMs = 100;

export interface Ran {
  readonly exit: number;
  readonly lines: readonly string[];
}

/** Runs the built command on the cloud, which goes on `meanwhile`; tells its lines as they come. */
export async function runCommand(
  root: string,
  { facts }: Cloud,
  args: readonly string[],
  {
    tell,
    meanwhile,
    environment,
  }: {
    readonly tell: (line: string) => void;
    readonly meanwhile: () => Promise<void>;
    readonly environment: Readonly<Record<string, string>>;
  },
): Promise<Ran> {
  const env = {
    PATH: process.env['PATH'],
    TZ: 'Asia/Shanghai',
    FAILOVER_ENDPOINT: facts.endpoint,
    FAILOVER_REGION: facts.region,
    ALIBABA_CLOUD_ACCESS_KEY_ID: facts.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: facts.accessKeySecret,
    ...environment,
  };
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let rest = '';
  const hear = (chunk: Buffer) => {
    const parts = (rest + chunk.toString('utf8')).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) tell(line);
    lines.push(...parts);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const over = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  let isOver = false;
  void over.then(() => (isOver = true));
  while (!isOver) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    await meanwhile();
  }
  return { exit: await over, lines };
}

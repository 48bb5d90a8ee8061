import { parseArgs } from 'node:util';
import type { FunctionRun } from './core/compute';
import { readFleet } from './fleet/read';
import { runClock } from './run-clock';
import { serve } from './server';

const { values } = parseArgs({
  options: {
    fleet: { type: 'string' },
    port: { type: 'string', default: '0' },
    json: { type: 'boolean' },
    speed: { type: 'string' },
  },
});

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});

async function main(): Promise<void> {
  const speed = values.speed === undefined ? undefined : readSpeed(values.speed);
  const world = readFleet(values.fleet);
  const server = await serve(world, Number(values.port));
  const { account, region, bucket, accessKeyId, accessKeySecret } = world;
  const facts = { endpoint: server.endpoint, account, accessKeyId, accessKeySecret, region, bucket };
  const lines = Object.entries(facts).map(([name, value]) => `${name.padEnd(16)} ${value}\n`);
  process.stdout.write(values.json ? `${JSON.stringify(facts)}\n` : lines.join(''));
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      ended.abort();
      void server.close();
    });
  }
  if (speed !== undefined) await runClock(world, speed, { signal: ended.signal, tell });
}

/** Without it the clock moves only when it is told to. */
function readSpeed(text: string): number {
  const speed = Number(text);
  if (speed > 0 && Number.isFinite(speed)) return speed;
  throw new Error(`--speed: found "${text}"; expected a number above 0`);
}

function tell({ at, functionKey, by, error, result, log }: FunctionRun): void {
  const end = error === undefined ? result : `${error} ${result}`;
  const lines = [`${functionKey} (${by}): ${end}`, ...log.map((line) => `  ${line}`)];
  for (const line of lines) process.stderr.write(`${new Date(at).toISOString()} ${line}\n`);
}

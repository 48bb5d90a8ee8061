import { parseArgs } from 'node:util';
import { readFleet } from './fleet/read';
import { serve } from './server';

const { values } = parseArgs({
  options: { fleet: { type: 'string' }, port: { type: 'string', default: '0' }, json: { type: 'boolean' } },
});

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});

async function main(): Promise<void> {
  const world = readFleet(values.fleet);
  const server = await serve(world, Number(values.port));
  const { account, region, bucket, accessKeyId, accessKeySecret } = world;
  const facts = { endpoint: server.endpoint, account, accessKeyId, accessKeySecret, region, bucket };
  const lines = Object.entries(facts).map(([name, value]) => `${name.padEnd(16)} ${value}\n`);
  process.stdout.write(values.json ? `${JSON.stringify(facts)}\n` : lines.join(''));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}

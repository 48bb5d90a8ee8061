import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import * as z from 'zod';
import type { FunctionContext } from '../connect';
import { BadInput } from './exits';
import { openFrontDoor, type FrontDoor } from './front-door';

const Facts = z.object({
  endpoint: z.string(),
  account: z.string(),
  region: z.string(),
  bucket: z.string(),
  accessKeyId: z.string(),
  accessKeySecret: z.string(),
});
export type Facts = z.output<typeof Facts>;

export interface SimulatedCloud {
  readonly facts: Facts;
  readonly door: FrontDoor;
}

/** The second program lies beside the command once both are built. */
export const simulatorProgram = join(__dirname, 'simulator.js');

/**
 * Starts the simulated cloud as a child process on a loopback port, a free one unless named, lends it to `use`, and ends it,
 * whatever happens.
 *
 * @throws BadInput with the simulator's own words when it does not accept the fleet file
 */
export async function withSimulatedCloud<T>(
  fleet: string | undefined,
  use: (cloud: SimulatedCloud) => Promise<T>,
  port = 0,
): Promise<T> {
  const flags = ['--json', '--port', String(port), ...(fleet ? ['--fleet', fleet] : [])];
  const child = spawn(process.execPath, [simulatorProgram, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const release = endWithUs(child);
  try {
    const facts = Facts.parse(JSON.parse(await firstLine(child)));
    return await use({ facts, door: openFrontDoor(facts.endpoint) });
  } finally {
    release();
  }
}

/** Ends the child when this process ends for any reason it can notice; the answer ends it now. */
export function endWithUs(child: ChildProcess): () => void {
  const end = () => void child.kill('SIGKILL');
  const interrupted = () => {
    end();
    process.exit(130);
  };
  process.once('exit', end).once('SIGINT', interrupted).once('SIGTERM', interrupted);
  return () => {
    process.off('exit', end).off('SIGINT', interrupted).off('SIGTERM', interrupted);
    end();
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the simulator has no output');
  let complaint = '';
  stderr.on('data', (chunk) => (complaint += String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new BadInput(complaint.trim() || 'the simulator ended at once')));
    createInterface(stdout).once('line', resolve);
  });
}

/** The context of an invocation in the simulated cloud. */
export function localContext(
  { facts }: Pick<SimulatedCloud, 'facts'>,
  environment: Readonly<Record<string, string>>,
  local: Pick<NonNullable<FunctionContext['local']>, 'now' | 'log'>,
): FunctionContext {
  const { account, region, accessKeyId, accessKeySecret, endpoint, bucket } = facts;
  return {
    requestId: 'local',
    accountId: account,
    region,
    credentials: { accessKeyId, accessKeySecret },
    local: {
      ...local,
      environment: { FAILOVER_BUCKET: bucket, ...environment, FAILOVER_ENDPOINT: endpoint },
    },
  };
}

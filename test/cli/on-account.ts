import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Simulator } from '../support/simulator';

const root = join(__dirname, '..', '..');

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly json: () => Record<string, unknown>;
}

/** Runs the built command with this simulated cloud as its account; times are read in Shanghai. */
export function commandOn({ endpoint, account, region, bucket, accessKeyId, accessKeySecret }: Simulator) {
  const env = {
    PATH: process.env['PATH'],
    TZ: 'Asia/Shanghai',
    FAILOVER_ENDPOINT: endpoint,
    FAILOVER_ACCOUNT: account,
    FAILOVER_REGION: region,
    FAILOVER_BUCKET: bucket,
    FAILOVER_QUEUE: 'failover-runs',
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
  };
  return (...args: readonly string[]): Promise<Ran> =>
    new Promise((resolve) => {
      const command = [join(root, 'dist', 'cli.js'), ...args];
      execFile(process.execPath, command, { cwd: root, env }, (error, stdout, stderr) => {
        const status = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1;
        resolve({ status, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, unknown> });
      });
    });
}

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse, stringify } from 'yaml';
import * as z from 'zod';

const Facts = z.object({
  endpoint: z.string(),
  account: z.string(),
  region: z.string(),
  accessKeyId: z.string(),
  accessKeySecret: z.string(),
});

/** A simulated cloud in a process of its own, and its front door. */
export interface Cloud {
  readonly facts: z.output<typeof Facts>;
  readonly folder: string;
  readonly knock: <T>(method: string, path: string, schema: z.ZodType<T>, body?: object) => Promise<T>;
  readonly close: () => Promise<void>;
}

/**
 * Starts the built simulator on the example's fleet, as an account is before anything is installed: without queues. It
 * begins at half past one at night, shortly before the window of the example's playbook.
 */
export async function startCloud(root: string): Promise<Cloud> {
  const folder = mkdtempSync(join(tmpdir(), 'ecs-failover-rehearsal-'));
  const fleet = parse(readFileSync(join(root, 'playbooks/example/fleet.yml'), 'utf8')) as object;
  const bare = { ...fleet, queues: [], start: '2026-11-17T17:30:00Z' };
  writeFileSync(join(folder, 'fleet.yml'), stringify(bare));
  const command = [join(root, 'dist', 'simulator.js'), '--json', '--fleet', join(folder, 'fleet.yml')];
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const over = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const first = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  const facts = Facts.parse(JSON.parse(first));
  return {
    facts,
    folder,
    knock: (method, path, schema, body) => knockAt(facts.endpoint, { method, path, schema, body }),
    close: async () => {
      child.kill('SIGTERM');
      await over;
      rmSync(folder, { recursive: true });
    },
  };
}

async function knockAt<T>(
  endpoint: string,
  {
    method,
    path,
    schema,
    body,
  }: { method: string; path: string; schema: z.ZodType<T>; body?: object | undefined },
): Promise<T> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await fetch(`${endpoint}/_sim${path}`, init);
  const content: unknown = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(content)}`);
  return schema.parse(content);
}

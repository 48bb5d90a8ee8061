import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { MassStory } from './tell-mass-maintenance';

const program = join(process.cwd(), 'node_modules/.cache/ecs-failover/tell-mass-maintenance.cjs');

async function tell(): Promise<MassStory> {
  await build({
    entryPoints: ['test/stories/tell-mass-maintenance.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  const { stdout } = await promisify(execFile)(process.execPath, [program], { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as MassStory;
}

// Two hundred runs over five nights, on a machine that may be busy.
jest.setTimeout(240_000);

describe('200 members that are announced in one minute (C32)', () => {
  it('make one digest with a plan over the nights, and all of them are restarted in time', async () => {
    const story = await tell();
    expect(story.digests).toEqual([
      '200 members of web-hangzhou wait: 40 on Wed 18 Nov 02:00, 40 on Thu 19 Nov 02:00, 40 on Fri 20 Nov 02:00, 40 on Sat 21 Nov 02:00, 40 on Sat 21 Nov 23:00; every deadline is met',
    ]);
    expect(story.told).toEqual([]);
    expect(story.outcomes).toEqual({ done: 200 });
    expect(story.mostOut).toBeLessThanOrEqual(20);
    expect(story.lastAt < '2026-11-22T04:00:00Z').toBe(true);
  });
});

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { SpotStory } from './tell-spot-reclaims';

const program = join(process.cwd(), 'node_modules/.cache/ecs-failover/tell-spot-reclaims.cjs');

async function tell(): Promise<SpotStory> {
  await build({
    entryPoints: ['test/stories/tell-spot-reclaims.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  const { stdout } = await promisify(execFile)(process.execPath, [program], { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as SpotStory;
}

// Two hundred runs, on a machine that may be busy.
jest.setTimeout(240_000);

describe('200 spot instances that are reclaimed at once', () => {
  it('are all drained long before their five minutes are over, each once, within the calls of a minute (C92)', async () => {
    const story = await tell();
    expect(story).toMatchObject({ outcomes: { done: 200 }, drained: 200, twice: 0 });
    expect(story.lastBegunAfter).toBeLessThanOrEqual(120);
    expect(story.lastDoneAfter).toBeLessThanOrEqual(180);
  });
});

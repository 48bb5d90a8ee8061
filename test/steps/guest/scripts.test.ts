import * as fc from 'fast-check';
import { Bash } from 'just-bash';
import { openGuest } from './open-guest';
import { marks, quietScript, shellWord } from '../../../src/steps/guest/scripts';

const run = (script: string, instance: object = {}) => openGuest(instance).run(script);

describe('shellWord', () => {
  it('makes any text one word that the shell reads back as it was', async () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 20 });
    const texts = fc.array(
      fc.oneof(text, fc.constantFrom(`'`, `''`, `a'b"c`, '$(x) `y` \\', '-n', '*', ' ', '')),
      {
        minLength: 20,
        maxLength: 20,
      },
    );
    const bash = new Bash({ defenseInDepth: false });
    await fc.assert(
      fc.asyncProperty(texts, async (words) => {
        const { stdout } = await bash.exec(`printf '[%s]\\n' ${words.map(shellWord).join(' ')}`, {
          rawScript: true,
        });
        expect(stdout).toBe(words.map((word) => `[${word}]\n`).join(''));
      }),
      { numRuns: 15 },
    );
  });
});

describe('marks', () => {
  it.each<[string, string, object]>([
    ['finds key and value', 'failover-files=2\nfailover-manifest=ab\n', { files: '2', manifest: 'ab' }],
    ['leaves other lines out', 'Success: Total 2 file(s)\n xfailover-files=9\n', {}],
    ['takes the last of two', 'failover-files=1\nfailover-files=2', { files: '2' }],
    ['keeps an equals sign in the value', 'failover-failed=missing-/a=b\r\n', { failed: 'missing-/a=b' }],
  ])('%s', (_name, output, found) => {
    expect(marks(output)).toEqual(found);
  });
});

describe('the quiet script', () => {
  const quiet = (more: object = {}) => quietScript({ below: 5, holdSeconds: 60, capSeconds: 600, ...more });
  const connections = (floor: number) => ({ perWeight: 0, halfLifeSeconds: 30, floor });

  it('ends well after the count was low for the hold', async () => {
    const { exitCode, output, elapsedMs } = await run(quiet(), { connections: connections(2) });
    expect([exitCode, elapsedMs, output]).toEqual([0, 60_000, '0s 2 connections\nfailover-connections=2\n']);
  });

  it('ends at once when there is nothing to hold', async () => {
    const { exitCode, elapsedMs } = await run(quiet({ holdSeconds: 0 }), { connections: connections(0) });
    expect([exitCode, elapsedMs]).toEqual([0, 0]);
  });

  it('ends with 3 at the cap', async () => {
    const { exitCode, output, elapsedMs } = await run(quiet(), { connections: connections(9) });
    expect([exitCode, elapsedMs, output]).toEqual([3, 600_000, '0s 9 connections\nfailover-connections=9\n']);
  });

  it('does not take the threshold itself for quiet', async () => {
    expect((await run(quiet(), { connections: connections(5) })).exitCode).toBe(3);
  });

  it('counts the hold anew when connections come back', async () => {
    const flickers = `ss() { if [ $(( $(date +%s) / 30 % 2 )) = 0 ]; then echo a; else printf 'a\\n%.0s' 1 2 3 4 5 6; fi; }\n`;
    const { exitCode, output } = await run(flickers + quiet());
    expect([exitCode, marks(output)['connections']]).toEqual([3, '1']);
  });
});

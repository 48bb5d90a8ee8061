import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const corpus = 'test/diagnosis/corpus';
const web1 = 'i-bp1web0000000000001';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function diagnose(...args: readonly string[]): Promise<Ended> {
  const { FAILOVER_BUCKET: _bucket, ALIBABA_CLOUD_ACCESS_KEY_ID: _key, ...env } = process.env;
  return new Promise((resolve) => {
    const child = execFile('node', ['dist/cli.js', 'diagnose', ...args], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

const folder = () => mkdtempSync(join(tmpdir(), 'diagnose-'));

describe('ecs-failover diagnose', () => {
  it.each([
    ['healthy-alinux3', 0, 'healthy: boot 1 came up in 10 seconds and shows no trouble'],
    ['boot-grub-rescue', 1, 'not-booting: operating system: boot 2 shows a boot loader (GRUB)'],
    ['unclear-empty', 4, 'unclear: the console has printed nothing: it does not tell'],
  ])('reads a log from a file: %s', async (name, code, says) => {
    const ended = await diagnose('--file', join(corpus, `${name}.txt`));
    expect(ended.code).toBe(code);
    expect(ended.stdout).toContain(says);
  });

  it('looks at an instance, keeps what it saw, and says where', async () => {
    const kept = folder();
    const { code, stdout } = await diagnose(web1, '--save', kept);
    expect(code).toBe(0);
    expect(stdout).toContain('healthy: boot 1 came up in');
    expect(stdout).toContain(`console.txt, screenshot.png, report.json, report.txt in ${kept}`);
    expect(readdirSync(kept).toSorted()).toEqual([
      'console.txt',
      'report.json',
      'report.txt',
      'screenshot.png',
    ]);
    expect(readFileSync(join(kept, 'screenshot.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  it("takes the cloud's answer as it is, prints one object, and shows no secret", async () => {
    const file = join(folder(), 'answer.json');
    const printed = 'db_password=hunter2-database\nKernel panic - not syncing: secret=hunter2-database\n';
    writeFileSync(file, JSON.stringify({ ConsoleOutput: Buffer.from(printed).toString('base64') }));
    const kept = folder();
    const { code, stdout } = await diagnose('--file', file, '--json', '--save', kept);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'crashed', class: 'panic', crash: { boot: 1 } });
    const everything = [stdout, ...readdirSync(kept).map((name) => readFileSync(join(kept, name), 'utf8'))];
    expect(everything.join('\n')).not.toContain('hunter2-database');
  });

  it.each([
    [[], 'diagnose: expected an instance (i-…), or --file with a console log'],
    [[web1, '--file', 'x'], 'diagnose: expected an instance (i-…), or --file with a console log'],
    [['--file', 'no-such-file'], "--file: found no-such-file; expected a console's log"],
    [['i-none'], 'there is no instance i-none; looked in 1690700000000030 in cn-hangzhou'],
  ])('says what would have been right: %j', async (args, says) => {
    const { code, stderr } = await diagnose(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { decodeConsole } from '../../src/diagnosis/decode-console';
import { diagnose } from '../../src/diagnosis/diagnose';
import type { KnownDisk } from '../../src/diagnosis/disks';
import { maskSecrets } from '../../src/diagnosis/mask-secrets';

const folder = join(__dirname, 'corpus');

/** What stands beside a log; whatever is not named there is not looked at, besides verdict, cause, class and boots. */
const Expected = z.strictObject({
  verdict: z.string(),
  cause: z.string(),
  class: z.string().optional(),
  boots: z.number(),
  sentence: z.string().optional(),
  crash: z
    .strictObject({ boot: z.number(), at: z.number().optional(), healthyBootFollows: z.boolean() })
    .optional(),
  devices: z.array(z.string()).optional(),
  disk: z.string().optional(),
  note: z.string().optional(),
  upAfterSeconds: z.number().optional(),
});

const disks: readonly KnownDisk[] = [
  { id: 'd-bp1a', device: '/dev/xvda' },
  { id: 'd-bp1b', device: '/dev/xvdb' },
  { id: 'd-bp1c', device: '/dev/xvdc' },
  { id: 'd-bp1q2w3e4r5t6y7u8i9o', device: '/dev/xvdd' },
];

const names = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -4));

describe('console logs', () => {
  it('are many, and a third of them is healthy', () => {
    expect(names.length).toBeGreaterThanOrEqual(45);
    expect(names.filter((name) => name.startsWith('healthy-')).length).toBeGreaterThanOrEqual(15);
  });

  it.each(names)('%s', (name) => {
    const expected = Expected.parse(parse(readFileSync(join(folder, `${name}.yml`), 'utf8')));
    const log = readFileSync(join(folder, `${name}.txt`)).toString('base64');
    const found = diagnose(maskSecrets(decodeConsole(log)), disks);
    const { verdict, cause, boots, sentence, evidence, notes } = found;
    expect({ verdict, cause, class: found.class, boots: boots.length }).toEqual({
      verdict: expected.verdict,
      cause: expected.cause,
      class: expected.class,
      boots: expected.boots,
    });
    if (expected.sentence !== undefined) expect(sentence).toBe(expected.sentence);
    if (expected.crash !== undefined) expect(found.crash).toEqual(expected.crash);
    const devices = [...new Set(evidence.flatMap(({ device = [] }) => device))];
    if (expected.devices !== undefined) expect(devices).toEqual(expected.devices);
    if (expected.disk !== undefined) expect(evidence.map((one) => one.disk)).toContain(expected.disk);
    if (expected.note !== undefined) expect(notes).toContain(expected.note);
    if (expected.upAfterSeconds !== undefined) {
      expect(boots.at(-1)?.upAfterSeconds).toBe(expected.upAfterSeconds);
    }
  });
});

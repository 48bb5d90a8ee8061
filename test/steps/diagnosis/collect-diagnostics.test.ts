import type { ConsoleOutput, NotShown, Picture } from '../../../src/engine/ports';
import type { Reach } from '../../../src/steps/define-step';
import { inWords, moveOf, sceneOf } from '../at-a-scene';

const parameters = { console: true, screenshot: true, to: { bucket: 'kept', prefix: 'diagnostics/' } };
const step = moveOf('collect-diagnostics');
const scene = sceneOf({ stepId: 'diagnose' });
const png: Picture = { bytes: Uint8Array.from([0x89, 0x50]), extension: 'png', type: 'image/png' };
const output: ConsoleOutput = {
  log: '[    0.000000] Linux version 5.10\n[  9.000000] I/O error, dev vdb, sector 8\n',
  updated: '2026-11-19 02:00:30',
};
const none: NotShown = { none: 'ECS knows no such instance' };

async function act(
  shown: { readonly console?: ConsoleOutput | NotShown; readonly screenshot?: Picture | NotShown },
  asked = parameters,
) {
  const written: Record<string, string> = {};
  const reach = {
    cloud: {
      instances: {
        console: async () => shown.console ?? output,
        screenshot: async () => shown.screenshot ?? png,
      },
      disks: { of: async () => [{ id: 'd-2', device: '/dev/xvdb' }] },
      files: {
        write: async (url: string, bytes: Uint8Array) => void (written[url] = Buffer.from(bytes).toString()),
      },
    },
  } as unknown as Reach;
  const facts = await step.act(asked, reach, scene, undefined);
  return { facts, files: Object.keys(written), report: Object.values(written).at(-1) ?? '' };
}

const folder = 'oss://kept/diagnostics/i-1/run-1/diagnose/';

describe('collect-diagnostics', () => {
  it('acts once, and is done when its report is there', () => {
    expect(inWords(step.judge(undefined, parameters, scene))).toBe('needed');
    const facts = {
      report: `${folder}report.txt`,
      verdict: 'impaired',
      cause: 'infrastructure',
      sentence: 'so it is',
    };
    expect(step.judge(undefined, parameters, sceneOf({ facts }))).toEqual({
      kind: 'done',
      note: `so it is; diagnostics: ${folder}report.txt`,
    });
  });

  it('keeps log, picture and report, the report last, and names the disk', async () => {
    const { facts, files, report } = await act({});
    expect(files).toEqual(
      ['console.txt', 'screenshot.png', 'report.json', 'report.txt'].map((name) => folder + name),
    );
    expect(facts).toEqual({
      report: `${folder}report.txt`,
      verdict: 'impaired',
      cause: 'infrastructure',
      sentence:
        'infrastructure: boot 1 shows read or write errors of a disk (vdb, d-2); the system still ran',
    });
    expect(report).toContain('i-1, looked at Thu 19 Nov 02:01\nimpaired: infrastructure');
    expect(report).toContain('last word:  2026-11-19 02:00:30 as the cloud writes it: 2026-11-18T18:00:30Z');
  });

  it.each([
    [
      'no console',
      { console: none },
      parameters,
      ['screenshot.png', 'report.json', 'report.txt'],
      'not-collected',
    ],
    [
      'no picture',
      { screenshot: none },
      parameters,
      ['console.txt', 'report.json', 'report.txt'],
      'impaired',
    ],
    [
      'neither',
      { console: none, screenshot: none },
      parameters,
      ['report.json', 'report.txt'],
      'not-collected',
    ],
    [
      'no picture asked for',
      {},
      { ...parameters, screenshot: false },
      ['console.txt', 'report.json', 'report.txt'],
      'impaired',
    ],
  ])('says what it could not have: %s', async (_name, shown, asked, names, verdict) => {
    const { facts, files, report } = await act(shown, asked);
    expect(files).toEqual(names.map((name) => folder + name));
    expect(facts['verdict']).toBe(verdict);
    expect(report).toContain(
      'none' in Object.assign({}, ...Object.values(shown)) ? none.none : 'not asked for',
    );
  });
});

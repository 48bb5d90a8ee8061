import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readFolder } from '../../src/cloud/playbook-folder';
import { configurationSchema } from '../../src/playbook/json-schema';
import { readConfiguration } from '../../src/playbook/read';
import { context } from './context';
import { exampleFiles } from '../support/configuration';

describe('the example team', () => {
  const files = exampleFiles();

  it('has no problems', () => {
    expect(readConfiguration(files, context).problems).toEqual([]);
  });

  it('keeps its files in four places, and the simulated cloud beside them', () => {
    expect(files.map(({ path }) => path)).toEqual([
      'playbooks/calendars/nights.yml',
      'playbooks/planned-restart.yml',
      'playbooks/pools/web-hangzhou.yml',
      'playbooks/settings.yml',
    ]);
  });

  it('is read with durations in milliseconds, times in minutes, and shares as they are counted', () => {
    const { configuration } = readConfiguration(files, context);
    expect(configuration?.settings.spec).toEqual({
      mode: 'enforce',
      account: { id: '1690700000000030', alias: 'storefront-prod' },
      region: 'cn-hangzhou',
      limits: {},
      people: [],
      backups: { bucket: 'failover-backups' },
    });
    expect(configuration?.pools[0]?.spec.guard).toEqual({
      minHealthy: { percent: 60 },
      maxOut: { count: 1 },
      maxOutPerZone: { count: 1 },
      allowLast: false,
    });
    expect(configuration?.calendars[0]?.spec.allow[1]).toEqual({
      name: 'weekend',
      days: ['sat'],
      from: 1380,
      to: 240,
    });
    expect(configuration?.playbooks[0]?.spec.timing).toEqual({
      calendar: 'nights',
      finishBefore: 7_200_000,
      maxRun: 3_600_000,
      ifNoWindow: 'ask',
      warn: [43_200_000, 3_600_000],
    });
    expect(configuration?.playbooks[0]?.spec.steps.map(({ id, use, commit }) => [id, use, commit])).toEqual([
      ['drain', 'drain-traffic', false],
      ['save', 'back-up-data', false],
      ['restart', 'answer-event', true],
      ['cleared', 'await-event', false],
      ['healthy', 'check-health', false],
      ['back', 'restore-traffic', false],
    ]);
    expect(configuration?.playbooks[0]?.spec.steps[1]?.with).toEqual({
      paths: ['/data1/app-state'],
      include: [],
      exclude: [],
      verify: 'sha256',
      ioErrors: 'fail',
      onPartial: 'ask',
      megabytesPerSecond: 50,
      to: { bucket: 'failover-backups', prefix: 'local-disk/' },
      role: 'backup-writer',
      atMost: 600_000,
    });
  });

  it.each(files)('means the same to a YAML 1.1 and a YAML 1.2 reader: $path', ({ text }) => {
    expect(parse(text, { version: '1.1' })).toEqual(parse(text, { version: '1.2' }));
  });

  it('has the schema for editors that the code has (npm run schema)', () => {
    expect(JSON.parse(readFileSync('playbooks/schema.json', 'utf8'))).toEqual(configurationSchema());
  });
});

describe('a pool that says nothing about its guard', () => {
  it('is guarded', () => {
    const pool = `apiVersion: failover/v1
kind: Pool
metadata: {name: cache, owner: storefront}
spec: {members: {tags: {app: cache}}, traffic: [], health: [{instanceStatus: Running}]}
`;
    const files = [...exampleFiles(), { path: 'cache.yml', text: pool }];
    const { configuration } = readConfiguration(files, context);
    expect(configuration?.pools.find(({ metadata }) => metadata.name === 'cache')?.spec.guard).toEqual({
      minHealthy: { percent: 75 },
      maxOut: { count: 1 },
      maxOutPerZone: { count: 1 },
      allowLast: false,
    });
  });
});

describe('several documents in one file', () => {
  it('are read like several files', () => {
    const text = exampleFiles()
      .map((file) => file.text)
      .join('---\n');
    const { configuration, problems } = readConfiguration([{ path: 'all.yml', text }], context);
    expect(problems).toEqual([]);
    expect(configuration).toEqual(readConfiguration(exampleFiles(), context).configuration);
  });
});

describe('two playbooks for one event', () => {
  const files = exampleFiles();
  const text = files.find(({ path }) => path.endsWith('planned-restart.yml'))?.text ?? '';
  const second = (from: string, to: string) => ({
    path: 'second.yml',
    text: text.replace('name: planned-restart', 'name: second').replace(from, to),
  });

  it.each([
    ['priorities differ', '  match:', '  priority: 10\n  match:'],
    ['they answer different events', '[SystemMaintenance.Reboot]', '[SystemMaintenance.Stop]'],
  ])('are fine when %s', (_, from, to) => {
    expect(readConfiguration([...files, second(from, to)], context).problems).toEqual([]);
  });

  it('are fine when one is for instances with local disks and the other for those without', () => {
    const having = (localDisks: string) => `    having: { localDisks: ${localDisks} }\n    states:`;
    const others = files.filter(({ path }) => !path.endsWith('planned-restart.yml'));
    const first = { path: 'first.yml', text: text.replace('    states:', having('none')) };
    expect(
      readConfiguration([...others, first, second('    states:', having('atLeastOne'))], context).problems,
    ).toEqual([]);
    expect(
      readConfiguration([...others, first, second('    states:', having('none'))], context).problems,
    ).toHaveLength(1);
  });

  it('are an error when nothing tells which one answers', () => {
    const { problems } = readConfiguration([...files, second('states: [Inquiring, Scheduled]', '')], context);
    expect(problems.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      'second.yml:9 answers SystemMaintenance.Reboot (Inquiring) in web-hangzhou at priority 0, and so does planned-restart in playbooks/planned-restart.yml',
    ]);
  });
});

describe('a folder with ten different mistakes', () => {
  it('reports all ten at once, in the order of the files', () => {
    const { configuration, problems } = readConfiguration(readFolder('test/playbook/ten-mistakes'), context);
    expect(configuration).toBeUndefined();
    expect(
      problems.map(({ file, line, message, suggestion }) => `${file}:${line} ${message} → ${suggestion}`),
    ).toEqual([
      'test/playbook/ten-mistakes/calendar.yml:5 expected a time zone as the IANA database names it, such as Asia/Shanghai or UTC → write Asia/Shanghai',
      'test/playbook/ten-mistakes/calendar.yml:7 22:00 without quotes is 1320 to a YAML 1.1 reader → write "22:00"',
      'test/playbook/ten-mistakes/playbook.yml:6 no system event has the code SystemMaintenance.Rebot → did you mean SystemMaintenance.Reboot?',
      'test/playbook/ten-mistakes/playbook.yml:7 no pool is called web-hangzou → did you mean web-hangzhou?',
      'test/playbook/ten-mistakes/playbook.yml:14 the step drain drains the traffic, and no later step brings it back → add a restore-traffic step at the end',
      'test/playbook/ten-mistakes/playbook.yml:16 no step has commit: true → add commit: true to the step restart',
      'test/playbook/ten-mistakes/pool.yml:9 minHealthy 100% never lets a member out → write less, such as "75%" (rounded up)',
      'test/playbook/ten-mistakes/pool.yml:10 unknown key maxOuts → did you mean maxOut?',
      'test/playbook/ten-mistakes/settings.yml:4 expected one of observe, enforce → write enforce',
      'test/playbook/ten-mistakes/settings.yml:7 the key bucket appears twice in this map → keep one of the two',
    ]);
  });
});

describe('a folder without settings', () => {
  it('is told so', () => {
    const pool = readFolder('playbooks/pools');
    expect(readConfiguration(pool, context).problems.map(({ message }) => message)).toEqual([
      'no document has kind: Settings',
    ]);
    expect(readConfiguration([], context).problems).toEqual([
      {
        file: 'settings.yml',
        line: 1,
        column: 1,
        path: '',
        found: 'nothing',
        message: 'no document has kind: Settings',
        suggestion: 'add a file settings.yml with kind: Settings',
        severity: 'error',
      },
    ]);
  });
});

describe('any text', () => {
  const files = exampleFiles();
  const scraps = [
    '\t',
    ': ',
    '- ',
    '{',
    ']',
    '"',
    '&a ',
    '*a',
    '!!int ',
    '---\n',
    '#',
    '\n',
    '  ',
    'on',
    '22:00',
    '? ',
    '<<: ',
  ];

  it('is answered with problems or a configuration, never with a crash', () => {
    const edit = fc.record({
      file: fc.nat(files.length - 1),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(12),
      scrap: fc.constantFrom(...scraps),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const broken = files.map(({ path, text }, index) => ({
          path,
          text: edits
            .filter(({ file }) => file === index)
            .reduce((rest, { at, cut, scrap }) => {
              const from = Math.floor(at * rest.length);
              return rest.slice(0, from) + scrap + rest.slice(from + cut);
            }, text),
        }));
        const { configuration, problems } = readConfiguration(broken, context);
        expect(configuration === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
        expect(
          problems.every(({ line, column, suggestion }) => line > 0 && column > 0 && suggestion !== ''),
        ).toBe(true);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

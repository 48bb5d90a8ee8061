import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportJson } from '../../src/cli/rehearse/report';
import { rehearsed } from '../support/rehearsed';

jest.setTimeout(240_000);

const stream = 'test/cli/replay/stream.jsonl';

/** Plays a recorded stream in the simulated cloud, and answers what was decided on each event. */
async function replay(file: string): Promise<unknown> {
  const { report } = await rehearsed({ replay: file, days: 4 });
  return (reportJson(report) as { decisions: unknown }).decisions;
}

const decisions = [
  {
    event: 'e-bp1hx3k7m2q9t4w6y8za',
    code: 'SystemMaintenance.Reboot',
    instance: 'i-bp1web0000000000002',
    status: 'Scheduled',
    playbook: 'planned-restart',
    why: null,
    start: '2026-12-01T18:00:00.000Z',
    answers: ['RebootInstance'],
    outcome: 'done',
  },
  {
    event: 'e-bp1crash0000000001',
    code: 'InstanceFailure.Reboot',
    instance: 'i-bp1web0000000000003',
    status: 'Executing',
    playbook: 'instance-failure',
    why: null,
    start: '2026-12-01T04:10:00.000Z',
    answers: [],
    outcome: 'done',
  },
  {
    event: 'e-bp1jitter000000001',
    code: 'SystemMaintenance.PerformanceImpact',
    instance: 'i-bp1web0000000000001',
    status: 'Executing',
    playbook: null,
    why: 'no run, no playbook answers SystemMaintenance.PerformanceImpact for pool web-hangzhou',
    start: null,
    answers: [],
    outcome: null,
  },
  {
    event: 'e-bp1asked0000000001',
    code: 'SystemMaintenance.Reboot',
    instance: 'i-bp1web0000000000001',
    status: 'Inquiring',
    playbook: 'planned-restart',
    why: null,
    start: '2026-12-01T18:00:00.000Z',
    answers: ['AcceptInquiredSystemEvent'],
    outcome: 'done',
  },
];

describe('a recorded stream of events', () => {
  // Of CloudMonitor, of EventBridge and of the API; one event is told twice, and its end is what happened without us.
  it('replayed twice leads to the same decisions (C97)', async () => {
    expect(await replay(stream)).toEqual(decisions);
    expect(await replay(stream)).toEqual(decisions);
  });

  const [first = ''] = readFileSync(stream, 'utf8').split('\n');
  it.each([
    ['half a line', '{"name":', ':1: found {"name":; expected one JSON object a line'],
    ['nothing in it', '', ': found no event; expected one a line'],
    [
      'a stranger',
      first.replaceAll('web0000000000002', 'web0000000000009'),
      ':1: the fleet has no i-bp1web0000000000009',
    ],
    [
      'an event of the past',
      first.replace('20261201T111540.922+0800', '20261101T111540.922+0800'),
      ":1: sent at 2026-11-01T03:15:40.922Z, and the story's clock is at 2026-11-17T07:10:00.000Z",
    ],
    [
      'no time',
      first.replace('"eventTime"', '"when"').replace('"publishTime"', '"then"'),
      ':1: found no time',
    ],
  ])('with %s is refused, and where is said', async (_what, text, sentence) => {
    const file = join(mkdtempSync(join(tmpdir(), 'replay-')), 'stream.jsonl');
    writeFileSync(file, text);
    await expect(replay(file)).rejects.toThrow(`--replay ${file}${sentence}`);
  });

  it('that there is not is refused', async () => {
    await expect(replay('no-such.jsonl')).rejects.toThrow(
      /^--replay no-such.jsonl: .*; expected a file of JSON lines$/,
    );
  });
});

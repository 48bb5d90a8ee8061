import pc from 'picocolors';
import { createTimeline, shortId } from '../../src/cli/rehearse/timeline';
import type { LogEntry } from '../../src/engine/ports';

const paint = pc.createColors(false);
const at = Date.parse('2026-11-17T18:00:00Z');
const run = (text: string, step: number, more: object = {}): LogEntry => ({
  at,
  kind: 'run',
  text,
  run: 'run-1',
  instance: 'i-bp1web0000000000002',
  data: { step, steps: 12, phase: 'forward', ...more },
});
const write = (action: string, weight: number) => ({
  n: 0,
  at,
  product: 'slb',
  action,
  target: 'lb-1',
  params: { BackendServers: JSON.stringify([{ ServerId: 'i-bp1web0000000000002', Weight: weight }]) },
  outcome: 'done' as const,
});

describe('the timeline', () => {
  it('tells time in the zone of the calendar, and how far the run is', () => {
    const timeline = createTimeline('Asia/Shanghai', paint);
    expect(timeline.told([run('waits for nights', 3)], [])).toEqual([
      'Wed 18 Nov 02:00:00  i-…000002   ███░░░░░░░░░ waits for nights',
    ]);
  });

  it('tells a repeated wait once, and again after something else', () => {
    const timeline = createTimeline('UTC', paint);
    const texts = ['waits', 'waits', 'goes', 'waits'].map((text) => run(text, 1));
    expect(timeline.told(texts, [])).toHaveLength(3);
  });

  it('tells the same words again at the next step', () => {
    const timeline = createTimeline('UTC', paint);
    expect(timeline.told([run('done', 1), run('done', 2)], [])).toHaveLength(2);
  });

  it('names the call behind an act, and no call behind slots and news', () => {
    const timeline = createTimeline('UTC', paint);
    const lines = timeline.told(
      [
        run('nights is open', 1),
        run('takes a slot of web', 1, { acted: 'take-slot' }),
        run('has a slot of web', 2),
        run('the event went from Inquiring to Scheduled', 2),
        run('sets weight 0 in lb-1', 2, { acted: 'drain-traffic' }),
        run('weight 0 in all places', 3),
      ],
      [write('SetBackendServers', 0)],
    );
    expect(lines.map((line) => line.slice(46))).toEqual([
      'nights is open',
      'takes a slot of web',
      'has a slot of web',
      'the event went from Inquiring to Scheduled',
      'sets weight 0 in lb-1  → slb SetBackendServers',
      'weight 0 in all places',
    ]);
  });

  it('tells a write that no entry speaks of on a line of its own', () => {
    const timeline = createTimeline('UTC', paint);
    const [line] = timeline.told([], [write('SetBackendServers', 0)]);
    expect(line?.trim()).toMatch(/→ slb SetBackendServers lb-1: weight 0$/);
  });

  it('leaves out the traffic of queue and journals', () => {
    const timeline = createTimeline('UTC', paint);
    const own = [
      { ...write('SendMessage', 0), product: 'mns' },
      { ...write('AppendObject', 0), product: 'oss' },
    ];
    expect(timeline.told([], own)).toEqual([]);
  });

  it('fills the bar when the run is done, and names the outcome', () => {
    const timeline = createTimeline('UTC', paint);
    const [line] = timeline.told([run('no slot is held', 11, { phase: 'ended', outcome: 'done' })], []);
    expect(line).toContain('████████████ done: no slot is held');
  });

  it('keeps the clock and a bar for each run at the bottom', () => {
    const timeline = createTimeline('UTC', paint);
    timeline.told([run('waits', 6, { again: at + 3_600_000 })], []);
    expect(timeline.status(at)).toEqual([
      'Tue 17 Nov 18:00:00',
      'i-…000002   ██████░░░░░░  6/12  waits, looks again Tue 17 Nov 19:00:00',
    ]);
  });

  it('shortens long ids only', () => {
    expect([shortId('i-1'), shortId('i-bp1web0000000000002')]).toEqual(['i-1', 'i-…000002']);
  });
});

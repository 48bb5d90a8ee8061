import {
  lineOf,
  newestState,
  onlySignalsBehind,
  openClaim,
  planOf,
  readTail,
  signalsIn,
  stateOf,
  type Tail,
} from '../../src/engine/run-journal';
import type { Journals } from '../../src/engine/ports';
import type { Facts } from '../../src/run/run';
import { memoryStores } from '../support/memory-world';
import { begin, event, ringOnce, t0, toyWorld, runId } from './toy-world';

const name = `runs/${runId}`;
const claimed = (revision: number, facts: Facts, until = t0 + 1) =>
  lineOf({ kind: 'claimed', at: t0, worker: 'w1', by: 'm1', revision, step: 'it', until, facts });
const released = (revision: number) =>
  lineOf({ kind: 'released', at: t0, worker: 'w1', by: 'm1', revision, reason: 'no' });
const signal = (note: string) =>
  lineOf({
    kind: 'signal',
    at: t0,
    worker: 'w1',
    by: 'x',
    signal: { kind: 'event-changed', event: { ...event, reason: note } },
  });

async function journalOf(...lines: readonly string[]): Promise<Journals> {
  const journals = memoryStores({ now: () => t0 }).journals;
  let position = 0;
  for (const line of lines) {
    const appended = await journals.append(name, position, line);
    position = appended.kind === 'appended' ? appended.position : position;
  }
  return journals;
}
const tailOf = async (...lines: readonly string[]): Promise<Tail> =>
  readTail(await journalOf(...lines), runId, 0);

/** A `started` line, and `revision` lines after it. */
async function states() {
  const world = toyWorld();
  const { run } = await begin(world, [ringOnce]);
  const revision = (number: number, by: string, from?: number) =>
    lineOf({
      kind: 'revision',
      at: t0,
      worker: 'w1',
      by,
      note: '',
      from,
      state: stateOf({ ...run, revision: number }),
    });
  const started = lineOf({
    kind: 'started',
    at: t0,
    worker: 'w1',
    by: 'm0',
    plan: run.plan,
    state: stateOf(run),
  });
  return { run, started, revision };
}

describe('an open claim', () => {
  it.each<[string, readonly string[], object | undefined]>([
    ['is not there in an empty journal', [], undefined],
    ['is there until its revision is', [claimed(3, { a: 1 })], { until: t0 + 1, facts: { a: 1 } }],
    ['is none of another revision', [claimed(2, { a: 1 })], undefined],
    ['is over when it was released', [claimed(3, { a: 1 }), released(3)], undefined],
    [
      'may be one behind a released one',
      [claimed(3, { a: 1 }), released(3), claimed(3, { b: 2 })],
      { until: t0 + 1, facts: { b: 2 } },
    ],
    [
      'takes over what an unfinished one before it knew',
      [claimed(3, { a: 1 }), claimed(3, { b: 2 }, t0 + 2)],
      { until: t0 + 2, facts: { a: 1, b: 2 } },
    ],
    [
      'has the last word where both speak',
      [claimed(3, { a: 1 }), claimed(3, { a: 2 })],
      { until: t0 + 1, facts: { a: 2 } },
    ],
    [
      'is the earlier one when only the later was released',
      [claimed(3, { a: 1 }), claimed(3, { a: 2 }, t0 + 2), released(3)],
      { until: t0 + 1, facts: { a: 1 } },
    ],
    ['does not mind signals', [claimed(3, { a: 1 }), signal('x')], { until: t0 + 1, facts: { a: 1 } }],
  ])('%s', async (_name, lines, expected) => {
    expect(openClaim(await tailOf(...lines), 3)).toEqual(expected);
  });
});

describe('the newest state', () => {
  it('is the first line at the beginning, then the last revision', async () => {
    const { started, revision, run } = await states();
    const first = await tailOf(started);
    expect(newestState(first)).toMatchObject({
      by: 'm0',
      position: first.end,
      state: { revision: 0 },
    });
    expect(planOf(first)).toEqual(run.plan);
    const later = await tailOf(started, revision(1, 'm1'), claimed(1, {}), revision(2, 'm2'));
    expect(newestState(later)).toMatchObject({
      by: 'm2',
      position: later.end,
      state: { revision: 2 },
    });
  });

  it('stands where the signals begin that it has not taken', async () => {
    const { started, revision } = await states();
    const before = await tailOf(started);
    const journals = await journalOf(started, signal('a'), revision(1, 'm1', before.end), signal('b'));
    const newest = newestState(await readTail(journals, runId, 0));
    expect(newest?.position).toBe(before.end);
    const tail = await readTail(journals, runId, newest?.position ?? -1);
    expect(signalsIn(tail)).toMatchObject([{ event: { reason: 'a' } }, { event: { reason: 'b' } }]);
  });

  it('is not there where no state is', async () => {
    expect(newestState(await tailOf(signal('a')))).toBeUndefined();
    expect(planOf(await tailOf(signal('a')))).toBeUndefined();
  });
});

describe('a tail', () => {
  it('knows where each line begins and ends, in bytes', async () => {
    const lines = [signal('一'), signal('b')];
    const tail = await tailOf(...lines);
    const first = Buffer.byteLength(lines[0] ?? '') + 1;
    expect(tail.entries.map(({ start, end }) => [start, end])).toEqual([
      [0, first],
      [first, tail.end],
    ]);
  });

  it('lets signals through to the race for the next state, and nothing else', async () => {
    const tail = await tailOf(claimed(0, {}), signal('a'), signal('b'));
    const behindClaim = tail.entries[1]?.start ?? -1;
    expect(onlySignalsBehind(tail, behindClaim)).toBe(true);
    expect(onlySignalsBehind(tail, 0)).toBe(false);
    expect(onlySignalsBehind(tail, tail.end)).toBe(true);
  });

  it('names journal and line when a line is not ours', async () => {
    const journals = await journalOf(signal('a'), '{"kind":"poem"}');
    await expect(readTail(journals, runId, 0)).rejects.toThrow(
      'journal runs/run-b381fce1fce6a6ee, line 2 behind 0: ',
    );
  });
});

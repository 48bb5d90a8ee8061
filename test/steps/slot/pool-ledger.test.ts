import { foldLedger } from '../../../src/steps/slot/fold-ledger';
import { addLine, readLedger } from '../../../src/steps/slot/pool-ledger';
import type { PoolLine } from '../../../src/steps/slot/pool-lines';
import { memoryStores } from '../../support/memory-world';

/** `taken 1` of run-1 on i-1, `returned 2 undone not-quiet`, `waiting 3`: at minutes 1, 2, 3, … of the story. */
function ledger(...story: readonly string[]) {
  const lines = story.map((text, index): PoolLine => {
    const [kind = '', n = '', first, second] = text.split(' ');
    const at = index + 1;
    const run = `run-${n}`;
    const who = { run, instance: `i-${n}`, zone: 'h', at };
    switch (kind) {
      case 'taken':
        return { kind, ...who, ...(first === 'canary' && { canary: true }), stopAfter: 2 };
      case 'urgent':
        return { kind: 'taken', ...who, urgent: true, stopAfter: 1 };
      case 'waiting':
        return { kind, ...who, urgent: false, priority: 0 };
      case 'returned':
        return { kind, run, at, outcome: (first ?? 'done') as 'done', ...(second && { reason: second }) };
      case 'left':
        return { kind, run, at };
      case 'failed':
        return { kind, run, at, reason: first ?? '' };
      case 'reset':
        return { kind, at, by: 'dba', why: 'mended' };
      case 'digest':
        return { kind, at, waiting: Number(n) };
      case 'storm':
        return { kind, at, why: '' };
      case 'calm':
      case 'called':
        return { kind, at };
      default:
        throw new Error(text);
    }
  });
  return foldLedger(lines);
}

const runs = (list: readonly { readonly run: string }[]) => list.map(({ run }) => run);

describe('the ledger of a pool', () => {
  it('knows who is out and who waits', () => {
    const { holders, line } = ledger('waiting 1', 'waiting 2', 'waiting 3', 'taken 1', 'left 3');
    expect(runs(holders)).toEqual(['run-1']);
    expect(runs(line)).toEqual(['run-2']);
  });

  it('forgets a run that came back, and remembers when', () => {
    const after = ledger('waiting 1', 'taken 1', 'returned 1');
    expect(after).toMatchObject({ holders: [], line: [], lastReturn: 3, wave: { successes: [3] } });
  });

  it('gives a run its place in the line back when its slot went unused', () => {
    const after = ledger('waiting 1', 'waiting 2', 'taken 1', 'returned 1 unused');
    expect(runs(after.line)).toEqual(['run-1', 'run-2']);
    expect(after.line[0]).toMatchObject({ since: 1 });
    expect(after).toMatchObject({ attempts: [] });
    expect(after.lastReturn).toBeUndefined();
  });

  it('reads the lines of the first version', () => {
    const first = foldLedger([
      { kind: 'taken', run: 'run-1', instance: 'i-1', zone: 'h', at: 1 },
      { kind: 'taken', run: 'run-2', instance: 'i-2', zone: 'i', at: 2 },
      { kind: 'returned', run: 'run-1', at: 3 },
    ]);
    expect(runs(first.holders)).toEqual(['run-2']);
    expect(first.wave).toEqual({ successes: [3], failures: [] });
  });

  it.each<[string, string[], string | undefined]>([
    [
      'stops behind a canary that was undone (C28)',
      ['waiting 1', 'waiting 2', 'taken 1 canary', 'returned 1 undone not-quiet'],
      'the canary i-1 failed (not-quiet, run-1)',
    ],
    [
      'stops behind a canary that holds, and its slot stays taken (C28)',
      ['waiting 2', 'taken 1 canary', 'failed 1 not-healthy'],
      'the canary i-1 failed (not-healthy, run-1)',
    ],
    [
      'stops after as many failures as the playbook allows',
      ['waiting 9', 'taken 1', 'taken 2', 'returned 1 undone not-quiet', 'failed 2 not-healthy'],
      '2 runs have failed, the last on i-2 (not-healthy, run-2)',
    ],
    [
      'counts a run that held and was then undone once',
      ['waiting 9', 'taken 1', 'failed 1 not-quiet', 'returned 1 undone not-quiet'],
      undefined,
    ],
    [
      'does not count a run that was withdrawn',
      ['waiting 9', 'taken 1 canary', 'returned 1 withdrawn event-canceled'],
      undefined,
    ],
    [
      'does not count a run that gave way to another',
      ['waiting 9', 'taken 1 canary', 'returned 1 withdrawn gave-way'],
      undefined,
    ],
    ['does not count an emergency', ['waiting 9', 'urgent 1', 'returned 1 undone not-quiet'], undefined],
    [
      'goes on once a person says so',
      ['waiting 9', 'taken 1 canary', 'returned 1 undone not-quiet', 'reset'],
      undefined,
    ],
    [
      'stays stopped when the line was empty meanwhile',
      ['taken 1 canary', 'returned 1 undone not-quiet', 'waiting 2'],
      'the canary i-1 failed (not-quiet, run-1)',
    ],
  ])('%s', (_name, story, why) => {
    expect(ledger(...story).stopped?.why).toBe(why);
  });

  it('begins a new wave when somebody joins an empty line', () => {
    const second = ledger('waiting 1', 'taken 1', 'returned 1', 'waiting 2');
    expect(second.wave.successes).toEqual([]);
    const same = ledger('waiting 1', 'waiting 2', 'taken 1', 'returned 1');
    expect(same.wave.successes).toEqual([4]);
  });

  it('remembers a storm, and when it was over', () => {
    expect(ledger('storm')).toMatchObject({ stormSince: 1 });
    const after = ledger('storm', 'calm');
    expect(after).toMatchObject({ stormSince: undefined, calmAt: 2 });
  });

  it('counts the times an instance was taken out, whatever came of it', () => {
    const { attempts } = ledger(
      'taken 1',
      'returned 1 undone not-quiet',
      'taken 1',
      'returned 1 withdrawn event-avoided',
      'taken 2',
    );
    expect(attempts).toEqual([
      { run: 'run-1', instanceId: 'i-1', at: 1 },
      { run: 'run-2', instanceId: 'i-2', at: 5 },
    ]);
  });

  it('remembers what people were told', () => {
    expect(ledger('waiting 1', 'digest 1').digested).toBe(1);
    const stopped = ['waiting 9', 'taken 1 canary', 'returned 1 undone not-quiet'];
    expect(ledger(...stopped).stopped?.called).toBe(false);
    expect(ledger(...stopped, 'called').stopped?.called).toBe(true);
  });
});

describe("a pool's journal", () => {
  const { journals } = memoryStores({ now: () => 0 });
  const left = (run: string): PoolLine => ({ kind: 'left', run, at: 1 });

  it('takes one of two lines written at the same moment', async () => {
    const ledger = await readLedger(journals, 'web');
    expect(await addLine(journals, 'web', ledger, left('run-1'))).toBe(true);
    expect(await addLine(journals, 'web', ledger, left('run-2'))).toBe(false);
  });

  it('says where a line stands that is none of ours', async () => {
    await journals.append('pools/odd', 0, '{"kind":"lent","run":"run-1","at":1}');
    await expect(readLedger(journals, 'odd')).rejects.toThrow('journal pools/odd, line 1');
  });
});

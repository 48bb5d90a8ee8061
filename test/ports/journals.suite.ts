import type { Journals } from '../../src/engine/ports';

/** What every implementation of the port must do. `open` gives one that nobody has written to. */
export function describeJournals(name: string, open: () => Promise<Journals>): void {
  describe(`journals ${name}`, () => {
    let journals: Journals;
    beforeEach(async () => {
      journals = await open();
    });

    it('are empty until somebody writes', async () => {
      expect(await journals.read('run-1', 0)).toEqual({ lines: [], position: 0 });
    });

    it('give back whole lines and the position behind the last, in bytes', async () => {
      expect(await journals.append('run-1', 0, '{"a":"ü"}')).toEqual({ kind: 'appended', position: 11 });
      expect(await journals.append('run-1', 11, '{"b":2}')).toEqual({ kind: 'appended', position: 19 });
      expect(await journals.read('run-1', 0)).toEqual({ lines: ['{"a":"ü"}', '{"b":2}'], position: 19 });
    });

    it('are read from a position on', async () => {
      await journals.append('run-1', 0, 'one');
      await journals.append('run-1', 4, 'two');
      expect(await journals.read('run-1', 4)).toEqual({ lines: ['two'], position: 8 });
    });

    it('have nothing new at their end', async () => {
      await journals.append('run-1', 0, 'one');
      expect(await journals.read('run-1', 4)).toEqual({ lines: [], position: 4 });
    });

    it('let one of two writers at a position win', async () => {
      const results = await Promise.all([
        journals.append('run-1', 0, 'mine'),
        journals.append('run-1', 0, 'your'),
      ]);
      expect(results.map(({ kind }) => kind).sort()).toEqual(['appended', 'lost']);
      const { lines } = await journals.read('run-1', 0);
      expect(lines).toEqual([results[0].kind === 'appended' ? 'mine' : 'your']);
    });

    it('refuse a line at any position but their end', async () => {
      await journals.append('run-1', 0, 'one');
      expect(await journals.append('run-1', 0, 'one')).toEqual({ kind: 'lost' });
      expect(await journals.append('run-1', 9, 'two')).toEqual({ kind: 'lost' });
      expect(await journals.read('run-1', 0)).toEqual({ lines: ['one'], position: 4 });
    });

    it('know nothing of each other', async () => {
      await journals.append('run-1', 0, 'one');
      expect(await journals.append('pool-web', 0, 'other')).toEqual({ kind: 'appended', position: 6 });
      expect(await journals.read('run-1', 0)).toEqual({ lines: ['one'], position: 4 });
    });

    it('are listed by the beginning of their names', async () => {
      expect(await journals.names('')).toEqual([]);
      for (const name of ['runs/run-2', 'pools/web', 'runs/run-1']) await journals.append(name, 0, 'one');
      expect(await journals.names('runs/')).toEqual(['runs/run-1', 'runs/run-2']);
      expect(await journals.names('runs/run-2')).toEqual(['runs/run-2']);
      expect(await journals.names('')).toEqual(['pools/web', 'runs/run-1', 'runs/run-2']);
      expect(await journals.names('none')).toEqual([]);
    });

    it('take no line with a line break in it', async () => {
      await expect(journals.append('run-1', 0, 'a\nb')).rejects.toThrow('line break');
    });
  });
}

import type { OpenRuns } from '../../src/engine/ports';

/** What every implementation of the port must do. `open` gives one without markers. */
export function describeOpenRuns(name: string, open: () => Promise<OpenRuns>): void {
  describe(`markers of open runs ${name}`, () => {
    let runs: OpenRuns;
    beforeEach(async () => {
      runs = await open();
    });
    const listed = async () => (await runs.list()).map(({ runId }) => runId).sort();

    it('are none at first', async () => {
      expect(await listed()).toEqual([]);
    });

    it('are listed by the ids of their runs', async () => {
      await runs.put('e-bp1aaa.i-bp1web1', 1_000);
      await runs.put('e-bp1bbb.i-bp1web2', 1_000);
      expect(await listed()).toEqual(['e-bp1aaa.i-bp1web1', 'e-bp1bbb.i-bp1web2']);
    });

    it('stand once, however often they are put', async () => {
      await runs.put('e-1', 1_000);
      await runs.put('e-1', 1_000);
      expect(await listed()).toEqual(['e-1']);
    });

    it('tell when somebody means to look next', async () => {
      await runs.put('e-1', 1_000);
      await runs.put('e-1', 2_000);
      expect(await runs.list()).toEqual([{ runId: 'e-1', nextLook: 2_000 }]);
    });

    it('go, and going twice is no error', async () => {
      await runs.put('e-1', 1_000);
      await runs.remove('e-1');
      await runs.remove('e-1');
      expect(await listed()).toEqual([]);
    });
  });
}

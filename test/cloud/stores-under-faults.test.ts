import { refusalOf } from '../support/failing';
import { openSimulatedWorld } from '../support/simulated-world';
import type { SimulatedWorld } from '../support/simulated-world';

let simulated: SimulatedWorld;
const open = async (more?: { readonly timeoutMs: number }) => {
  const queues = [{ name: 'failover-runs', visibilityTimeout: 180, messageRetentionPeriod: 604_800 }];
  simulated = await openSimulatedWorld({ queues }, more);
};
beforeEach(() => open());
afterEach(() => simulated.close());

const fault = (name: string, product: string, action: string, more = {}) =>
  simulated.simulator.knock('POST', '/faults', { name, product, action, ...more });

describe('journals, when OSS stumbles', () => {
  it('know their own line again after an append that worked unheard', async () => {
    const { journals } = simulated.world;
    await fault('drop-after', 'oss', 'AppendObject');
    expect(await journals.append('run-1', 0, 'mine')).toEqual({ kind: 'appended', position: 5 });
    expect(await journals.read('run-1', 0)).toEqual({ lines: ['mine'], position: 5 });
  });

  it('say that another was first when an unheard append met another line', async () => {
    const { journals } = simulated.world;
    await journals.append('run-1', 0, 'your');
    await fault('drop-before', 'oss', 'AppendObject');
    expect(await journals.append('run-1', 0, 'mine')).toEqual({ kind: 'lost' });
  });

  it.each(['drop-before', 'html-503'])('refuse when nothing was written (%s)', async (name) => {
    const { journals } = simulated.world;
    await fault(name, 'oss', 'AppendObject');
    const error = await refusalOf(journals.append('run-1', 0, 'mine'));
    expect(error.detail).toMatchObject({ worthRepeating: true, product: 'oss', action: 'AppendObject' });
    expect(await journals.append('run-1', 0, 'mine')).toEqual({ kind: 'appended', position: 5 });
  });

  it.each(['drop-before', 'drop-after', 'html-503'])('are read again at once (%s)', async (name) => {
    const { journals } = simulated.world;
    await journals.append('run-1', 0, 'one');
    await fault(name, 'oss', 'GetObject', { times: 2 });
    expect(await journals.read('run-1', 0)).toEqual({ lines: ['one'], position: 4 });
  });

  it('say so when the bucket is not there', async () => {
    const { files } = simulated.world.cloud;
    const error = await refusalOf(files.read('oss://no-such-bucket-here/key'));
    expect(error.code).toBe('NoSuchBucket');
    expect(error.detail).toMatchObject({ worthRepeating: false, product: 'oss', action: 'GetObject' });
  });
});

describe('a line that is appended', () => {
  const journalOf = async () => (await simulated.world.journals.read('run-1', 0)).lines;
  const patience = { timeoutMs: 500 };
  /** Behind one line, so that the connection was used before. */
  const appendUnder = async (name: string) => {
    await simulated.close();
    await open(name.startsWith('timeout') ? patience : undefined);
    const { journals } = simulated.world;
    await journals.append('run-1', 0, 'one');
    await fault(name, 'oss', 'AppendObject');
    return journals.append('run-1', 4, 'mine');
  };

  it.each([
    'refuse-after',
    'html-504',
    'truncated-json',
    'cut-off',
    'drop-after',
    'stale-keep-alive-after',
    'timeout-after',
    // The second of two copies meets the first.
    'duplicate',
  ])('stands there once, and is known to, after %s (C75)', async (name) => {
    expect(await appendUnder(name)).toEqual({ kind: 'appended', position: 9 });
    expect(await journalOf()).toEqual(['one', 'mine']);
  });

  it.each([
    ['refuse', 'InternalError'],
    ['throttle', 'ServiceUnavailable'],
    ['html-502', 'UnexpectedAnswer'],
    ['html-503', 'UnexpectedAnswer'],
    ['drop-before', 'ConnectionLost'],
    ['stale-keep-alive-before', 'ConnectionLost'],
    ['timeout-before', 'Timeout'],
  ])('does not stand there after %s, though it may yet come', async (name, code) => {
    const error = await refusalOf(appendUnder(name));
    expect(error.code).toBe(code);
    expect(error.detail).toMatchObject({ worthRepeating: true, mayHaveWorked: true });
    expect(await journalOf()).toEqual(['one']);
  });

  it('certainly does not stand there when the keys had expired', async () => {
    const error = await refusalOf(appendUnder('token-expired'));
    expect(error.code).toBe('SecurityTokenExpired');
    expect(error.detail).toMatchObject({ worthRepeating: true, mayHaveWorked: false });
    expect(await journalOf()).toEqual(['one']);
  });

  it.each(['drop-after', 'duplicate'])(
    'may stand there when the answer (%s) and three looks for it were lost',
    async (name) => {
      await fault('html-503', 'oss', 'GetObject', { times: 3 });
      const error = await refusalOf(appendUnderThis(name));
      expect(error.detail).toMatchObject({ worthRepeating: true, mayHaveWorked: true, product: 'oss' });
      expect(await journalOf()).toEqual(['mine']);
    },
  );
  const appendUnderThis = async (name: string) => {
    await fault(name, 'oss', 'AppendObject');
    return simulated.world.journals.append('run-1', 0, 'mine');
  };

  it('may stand there when the look for it was held up', async () => {
    await simulated.close();
    await open(patience);
    await fault('timeout-after', 'oss', 'GetObject');
    const error = await refusalOf(appendUnderThis('drop-after'));
    expect(error.code).toBe('Timeout');
    expect(error.detail.mayHaveWorked).toBe(true);
    expect(await journalOf()).toEqual(['mine']);
  });

  it('is not taken for one that begins like it, nor for one further on', async () => {
    const { journals } = simulated.world;
    await journals.append('run-1', 0, 'mine too');
    await fault('drop-before', 'oss', 'AppendObject');
    expect(await journals.append('run-1', 0, 'mine')).toEqual({ kind: 'lost' });
    await journals.append('run-1', 9, 'mine');
    expect(await journals.append('run-1', 0, 'mine')).toEqual({ kind: 'lost' });
  });

  it('is appended by one of two that ask with the same words at once', async () => {
    const { journals } = simulated.world;
    const both = await Promise.all([
      journals.append('run-1', 0, 'mine'),
      journals.append('run-1', 0, 'mine'),
    ]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['appended', 'lost']);
    expect(await journalOf()).toEqual(['mine']);
  });

  it('is lost behind the end', async () => {
    expect(await simulated.world.journals.append('run-1', 50, 'mine')).toEqual({ kind: 'lost' });
  });
});

describe('the queue, when MNS stumbles', () => {
  it.each([
    ['drop-after', 'ConnectionLost'],
    ['drop-before', 'ConnectionLost'],
    ['html-503', 'UnexpectedAnswer'],
  ])('says that a message may have been sent (%s)', async (name, code) => {
    await fault(name, 'mns', 'BatchSendMessage');
    const error = await refusalOf(simulated.world.queue.send([{ body: 'a', delaySeconds: 0 }]));
    expect(error.code).toBe(code);
    expect(error.detail).toMatchObject({ worthRepeating: true, mayHaveWorked: true });
  });

  it('receives again at once when the first answer was lost', async () => {
    await simulated.world.queue.send([{ body: 'a', delaySeconds: 0 }]);
    await fault('drop-before', 'mns', 'BatchReceiveMessage');
    expect(await simulated.world.queue.receive()).toMatchObject([{ body: 'a' }]);
  });

  it('tells that the queue is not there', async () => {
    const other = await openSimulatedWorld({}, { queue: 'no-such-queue' });
    const error = await refusalOf(other.world.queue.receive());
    await other.close();
    expect(error.code).toBe('QueueNotExist');
    expect(error.detail).toMatchObject({
      worthRepeating: false,
      product: 'mns',
      action: 'BatchReceiveMessage',
    });
    expect(error.detail.requestId).toMatch(/^[0-9A-F]{8}/);
  });
});

import { refusalOf } from '../support/failing';
import { openSimulatedWorld } from '../support/simulated-world';
import type { SimulatedWorld } from '../support/simulated-world';

let simulated: SimulatedWorld;
beforeEach(async () => {
  simulated = await openSimulatedWorld({
    queues: [{ name: 'failover-runs', visibilityTimeout: 180, messageRetentionPeriod: 604_800 }],
  });
});
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
    const other = await openSimulatedWorld({}, 'no-such-queue');
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

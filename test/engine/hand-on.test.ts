import { advanceAndHandOn } from '../../src/engine/hand-on';
import { CloudError, type LogEntry, type World } from '../../src/engine/ports';

const due = { messageId: 'm-1', body: 'not a message', handle: 'h-1', deliveries: 1 };

/** A queue that is never empty, and a clock that a receive moves on by a minute. */
function endlessWork() {
  let now = 0;
  const logged: LogEntry[] = [];
  const queue: World['queue'] = {
    send: async () => undefined,
    receive: async () => ((now += 60_000), [due]),
    remove: async () => undefined,
  };
  const journals: World['journals'] = {
    read: async () => ({ lines: [], position: 0 }),
    names: async () => [],
    append: async () => ({ kind: 'appended', position: 1 }),
  };
  const world = {
    now: () => now,
    worker: 'w',
    queue,
    journals,
    log: (entry: LogEntry) => logged.push(entry),
  };
  return { world: world as unknown as World, logged };
}

describe('handing work on', () => {
  it('begins one fresh invocation when time is up before the messages are', async () => {
    const { world } = endlessWork();
    let begun = 0;
    const successor = { begin: async () => void (begun += 1) };
    expect(await advanceAndHandOn(world, { steps: {} as never, until: 180_000 }, successor)).toBe(3);
    expect(begun).toBe(1);
  });

  it('begins none when nothing is due any more', async () => {
    const { world } = endlessWork();
    const quiet = { ...world, queue: { ...world.queue, receive: async () => [] } };
    let begun = 0;
    await advanceAndHandOn(
      quiet,
      { steps: {} as never, until: 180_000 },
      { begin: async () => void (begun += 1) },
    );
    expect(begun).toBe(0);
  });

  it('leaves the rest to the timer when no invocation can be begun, and says so', async () => {
    const { world, logged } = endlessWork();
    const refused = new CloudError('AccessDenied', 'fc InvokeFunction: AccessDenied', {
      worthRepeating: false,
      mayHaveWorked: false,
      product: 'fc',
      action: 'InvokeFunction',
    });
    const successor = { begin: () => Promise.reject(refused) };
    await advanceAndHandOn(world, { steps: {} as never, until: 60_000 }, successor);
    expect(logged.map(({ text }) => text)).toContain(
      'the work was not handed on, the timer carries it on: fc InvokeFunction: AccessDenied',
    );
  });
});

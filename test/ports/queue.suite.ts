import type { Queue, World } from '../../src/engine/ports';

export interface OpenQueue {
  /** Messages stay hidden for 180 s after they were received. */
  readonly queue: Queue;
  /** Where a message goes that was received 50 times. */
  readonly deadLetters: World['deadLetters'];
  readonly advance: (seconds: number) => Promise<void>;
}

/** What every implementation of the port must do. `open` gives an empty queue and the clock it lives by. */
export function describeQueue(name: string, open: () => Promise<OpenQueue>): void {
  describe(`a queue ${name}`, () => {
    let queue: Queue;
    let deadLetters: World['deadLetters'];
    let advance: OpenQueue['advance'];
    beforeEach(async () => {
      ({ queue, deadLetters, advance } = await open());
    });
    const bodies = async () => (await queue.receive()).map(({ body }) => body).sort();

    it('gives nothing when it is empty', async () => {
      expect(await queue.receive()).toEqual([]);
    });

    it('hands on bodies as they were, whatever is in them', async () => {
      await queue.send([{ body: '{"text":"<b>&amp; ü \\n"}', delaySeconds: 0 }]);
      const [message] = await queue.receive();
      expect(message?.body).toBe('{"text":"<b>&amp; ü \\n"}');
      expect(message?.deliveries).toBe(1);
    });

    it('sends none without being asked for any', async () => {
      await queue.send([]);
      await queue.remove([]);
      expect(await queue.receive()).toEqual([]);
    });

    it('holds a delayed message back until it is due', async () => {
      await queue.send([{ body: 'later', delaySeconds: 60 }]);
      expect(await bodies()).toEqual([]);
      await advance(59);
      expect(await bodies()).toEqual([]);
      await advance(1);
      expect(await bodies()).toEqual(['later']);
    });

    it('hides what was received, and delivers it again when the lease is over', async () => {
      await queue.send([{ body: 'a', delaySeconds: 0 }]);
      const [first] = await queue.receive();
      expect(await queue.receive()).toEqual([]);
      await advance(180);
      const [second] = await queue.receive();
      expect(second).toMatchObject({ messageId: first?.messageId, body: 'a', deliveries: 2 });
      expect(second?.handle).not.toBe(first?.handle);
    });

    it('sets aside what was received fifty times, and forgets it once it is removed there', async () => {
      await queue.send([{ body: 'a', delaySeconds: 0 }]);
      for (let count = 1; count <= 50; count += 1) {
        expect(await deadLetters.receive()).toEqual([]);
        expect((await queue.receive()).map(({ deliveries }) => deliveries)).toEqual([count]);
        await advance(180);
      }
      expect(await queue.receive()).toEqual([]);
      const [dead] = await deadLetters.receive();
      expect(dead?.body).toBe('a');
      await deadLetters.remove(dead ? [dead.handle] : []);
      await advance(180);
      expect(await deadLetters.receive()).toEqual([]);
    });

    it('forgets what was removed', async () => {
      await queue.send([{ body: 'a', delaySeconds: 0 }]);
      await queue.remove((await queue.receive()).map(({ handle }) => handle));
      await advance(180);
      expect(await queue.receive()).toEqual([]);
    });

    it('does not mind a handle whose lease is over, and keeps that message', async () => {
      await queue.send([
        { body: 'a', delaySeconds: 0 },
        { body: 'b', delaySeconds: 0 },
      ]);
      const stale = (await queue.receive()).map(({ handle }) => handle);
      await advance(180);
      const [good] = (await queue.receive()).filter(({ body }) => body === 'a');
      await queue.remove([...stale, good?.handle ?? '']);
      await advance(180);
      expect(await bodies()).toEqual(['b']);
      await queue.remove(stale);
    });

    it('gives at most 16 messages at a time and takes more than that', async () => {
      await queue.send(Array.from({ length: 20 }, (_, n) => ({ body: `m${n}`, delaySeconds: 0 })));
      const first = await queue.receive();
      const second = await queue.receive();
      expect([first.length, second.length]).toEqual([16, 4]);
      expect(new Set([...first, ...second].map(({ body }) => body)).size).toBe(20);
      await queue.remove([...first, ...second].map(({ handle }) => handle));
      await advance(180);
      expect(await queue.receive()).toEqual([]);
    });

    it('loses a message seven days after it was sent', async () => {
      await queue.send([{ body: 'old', delaySeconds: 0 }]);
      await advance(7 * 86_400);
      expect(await queue.receive()).toEqual([]);
    });

    it('refuses to delay for longer than 12 hours', async () => {
      await expect(queue.send([{ body: 'a', delaySeconds: 43_201 }])).rejects.toThrow('43200');
    });
  });
}

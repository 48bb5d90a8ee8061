import * as fc from 'fast-check';
import { readPushes, type Reading } from '../../src/event/read-push';
import { isNews, type SystemEvent } from '../../src/event/system-event';
import { sample } from './samples';

const source = { account: '1690000000000001', region: 'cn-shanghai', receivedAt: 1772421345000 };
const good = JSON.parse(sample('reboot-scheduled')) as { content: Record<string, unknown> };
const goodReading = readPushes(sample('reboot-scheduled'), source);

describe('whatever is pushed', () => {
  it('never throws on bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readPushes(Buffer.from(bytes), source)));
  });

  it('never throws on text, and says so when it is unreadable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const readings = readPushes(text, source);
        expect(readings.every((reading) => reading.kind === 'unreadable')).toBe(true);
      }),
    );
  });

  it('never throws on JSON', () => {
    fc.assert(fc.property(fc.json(), (text) => void readPushes(text, source)));
  });

  it('never throws when any field of a real payload is something else', () => {
    const names = [...Object.keys(good), 'type', 'data', 'source', 'Message', 'TopicName'];
    const inner = [...Object.keys(good.content), 'messageBody', 'name', 'content', 'executeFinishTime'];
    fc.assert(
      fc.property(spoilt(names), spoilt(inner), fc.constantFrom('content', 'data'), (top, content, key) => {
        const push = { ...good, [key]: { ...good.content, ...content }, ...top };
        const readings = readPushes(JSON.stringify(push), source);
        for (const reading of readings) {
          if (reading.kind === 'event') expect(isWellFormed(reading.event)).toBe(true);
        }
      }),
    );
  });

  it('never loses a good element of a batch to a bad one', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.array(fc.jsonValue()), (before, after) => {
        const readings = readPushes(JSON.stringify([...before, good, ...after]), source);
        expect(readings).toContainEqual(goodReading[0]);
      }),
    );
  });
});

describe('deliveries in any order', () => {
  it('end in the same known event, repeated or not', () => {
    const stories = fc
      .record({
        pending: fc.constantFrom('Inquiring', 'Scheduled'),
        executing: fc.boolean(),
        end: fc.constantFrom(undefined, 'Executed', 'Avoided', 'Canceled', 'Failed'),
      })
      .map(({ pending, executing, end }) =>
        [pending, executing ? 'Executing' : undefined, end].filter((status) => status !== undefined),
      );
    fc.assert(
      fc.property(stories.chain(shuffledWithRepeats), ({ told, delivered }) => {
        expect(knownAfter(delivered.map((status) => push({ eventStatus: status })))).toEqual(
          knownAfter(told.map((status) => push({ eventStatus: status }))),
        );
      }),
    );
  });

  it('end in the same known event when the planned time moved before the event went on', () => {
    const times = fc.uniqueArray(fc.constantFrom('2026-03-03', '2026-03-04', '2026-03-05'), { minLength: 1 });
    const stories = fc
      .tuple(times, fc.constantFrom('Executing', 'Avoided', 'Canceled'))
      .map(([days, last]) => [
        ...days.map((day) => push({ notBefore: `${day}T02:00:00Z` })),
        push({ eventStatus: last }),
      ]);
    fc.assert(
      fc.property(stories.chain(shuffledWithRepeats), ({ told, delivered }) => {
        expect(knownAfter(delivered)).toEqual(knownAfter(told));
      }),
    );
  });
});

function shuffledWithRepeats<T>(told: T[]) {
  return fc
    .array(fc.constantFrom(...told), { maxLength: 5 })
    .chain((again) => fc.shuffledSubarray([...told, ...again], { minLength: told.length + again.length }))
    .map((delivered) => ({ told, delivered }));
}

function push(content: object): string {
  return JSON.stringify({ ...good, content: { ...good.content, ...content } });
}

function knownAfter(bodies: readonly string[]): SystemEvent | undefined {
  const heard = bodies.flatMap((body) => readPushes(body, source)).flatMap(eventOf);
  return heard.reduce<SystemEvent | undefined>(
    (known, next) => (known === undefined || isNews(known, next) ? next : known),
    undefined,
  );
}

function eventOf(reading: Reading): readonly SystemEvent[] {
  return reading.kind === 'event' ? [reading.event] : [];
}

function spoilt(keys: readonly string[]) {
  return fc.dictionary(fc.constantFrom(...keys), fc.jsonValue(), { maxKeys: 4 });
}

function isWellFormed(event: SystemEvent): boolean {
  const texts = [event.id, event.code, event.account, event.region, event.instanceId];
  return texts.every((text) => typeof text === 'string' && text.length > 0);
}

import { batches, encodeMessage, readBody } from '../../src/cloud/mns-messages';

const message = (bytes: number) => ({ MessageBody: 'x'.repeat(bytes), DelaySeconds: 0 });

describe('messages of the queue', () => {
  it('travel as base64 and come back as they were', () => {
    const encoded = encodeMessage({ body: '{"a":"<&ü"}', delaySeconds: 43_200 });
    expect(encoded).toEqual({ MessageBody: 'eyJhIjoiPCbDvCJ9', DelaySeconds: 43_200 });
    expect(readBody(encoded.MessageBody)).toBe('{"a":"<&ü"}');
  });

  it('are read as they are when another producer sent plain JSON', () => {
    expect(readBody(' {"a":1}')).toBe(' {"a":1}');
  });

  it('may have 48 KB of JSON, which is 64 KB encoded', () => {
    expect(encodeMessage({ body: 'x'.repeat(49_152), delaySeconds: 0 }).MessageBody).toHaveLength(65_536);
    expect(() => encodeMessage({ body: 'x'.repeat(49_153), delaySeconds: 0 })).toThrow(
      'message: 65540 bytes when encoded; MNS takes at most 65536',
    );
  });

  it.each([43_201, -1, 0.5, NaN])('are refused with a delay of %d s', (delaySeconds) => {
    expect(() => encodeMessage({ body: '', delaySeconds })).toThrow('expected a whole number up to 43200');
  });

  it('are sent at most 16 at a time, in order', () => {
    const sizes = batches(Array.from({ length: 33 }, () => message(4))).map((batch) => batch.length);
    expect(sizes).toEqual([16, 16, 1]);
  });

  it('are sent at most 64 KB at a time', () => {
    const sizes = batches([message(40_000), message(20_000), message(6_000), message(65_536), message(1)]);
    expect(sizes.map((batch) => batch.length)).toEqual([2, 1, 1, 1]);
  });

  it('make no batch when there are none', () => {
    expect(batches([])).toEqual([]);
  });
});

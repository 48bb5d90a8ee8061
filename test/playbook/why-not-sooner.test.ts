import { Calendar } from '../../src/playbook/configuration';
import { whyNotSooner } from '../../src/playbook/why-not-sooner';

const at = (iso: string) => Date.parse(iso);
const hour = 3_600_000;

const { spec } = Calendar.parse({
  apiVersion: 'failover/v1',
  kind: 'Calendar',
  metadata: { name: 'nights', owner: 'platform-ops' },
  spec: {
    zone: 'Asia/Shanghai',
    allow: [{ name: 'nights', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '02:00', to: '05:00' }],
    deny: [
      { name: 'sales', from: '2026-11-18 00:00', to: '2026-11-18 12:00', reason: 'double eleven' },
      { name: 'elsewhere', from: '2026-12-18 00:00', to: '2026-12-18 12:00' },
    ],
  },
});

describe('why the work does not start sooner', () => {
  it.each([
    ['nothing to explain', '2026-11-16T18:00:00Z', '2026-11-16T18:00:00Z', []],
    [
      'closed',
      '2026-11-16T08:00:00Z',
      '2026-11-16T18:00:00Z',
      ['the calendar is closed until Tue 17 Nov 02:00'],
    ],
    ['denied', '2026-11-17T08:00:00Z', '2026-11-18T18:00:00Z', ['denied by sales: double eleven']],
    [
      'too short tonight, denied tomorrow',
      '2026-11-16T20:30:00Z',
      '2026-11-18T18:00:00Z',
      ['denied by sales: double eleven', 'nights Tue 17 Nov 04:30 leaves 30m, and 1h are needed'],
    ],
  ])('%s', (_, now, from, sentences) => {
    expect(whyNotSooner(spec, { now: at(now), neededMs: hour, from: at(from) })).toEqual(sentences);
  });
});

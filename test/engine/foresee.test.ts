import { foresee } from '../../src/engine/foresee';
import type { Membership } from '../../src/engine/ports';
import { eventThatIs } from '../steps/at-a-scene';

const place = (group: string, more: Partial<Membership> = {}): Membership => ({
  key: `${group}/i-1`,
  group,
  weight: 100,
  ...more,
});
const memberships = [
  place('clb/lb-1/default'),
  place('clb/lb-1/rsp-1', { weight: 0 }),
  place('alb/sgp-1'),
  place('clb/lb-1/rsp-2', { fixed: 'master' }),
  place('dns/example.com/www', { onOff: true }),
];
const drain = (parameters: Readonly<Record<string, unknown>>) =>
  foresee({ id: 'drain', use: 'drain-traffic', parameters }, eventThatIs('Scheduled'), {
    memberships,
    scaling: {},
  });

describe('what a drain would write', () => {
  it('is said in the words of each kind, and what no call can drain is said as well', () => {
    expect(drain({ how: 'weightZero' })).toEqual([
      'weight 0 in clb/lb-1/default',
      'weight 0 in alb/sgp-1',
      'nothing in clb/lb-1/rsp-2: it is master there (the run holds and asks a person)',
      'dns/example.com/www switched off',
    ]);
  });

  it('is a removal where the playbook says so', () => {
    expect(drain({ how: 'remove', masterSlave: 'accept' })).toEqual([
      'out of clb/lb-1/default',
      'out of alb/sgp-1',
      'nothing in clb/lb-1/rsp-2: it is master there (its traffic moves when it fails the health check)',
      'dns/example.com/www switched off',
    ]);
  });
});

import { alarmBlock } from '../../src/playbook/alarm-block';

it.each([
  [{ firing: [], unknown: [] }, undefined],
  [
    { firing: ['checkout-errors'], unknown: [] },
    { code: 'alarm-firing', sentence: 'the alarm "checkout-errors" is firing' },
  ],
  [
    { firing: ['checkout-errors', 'queue-depth'], unknown: [] },
    { code: 'alarm-firing', sentence: 'the alarms "checkout-errors", "queue-depth" are firing' },
  ],
  [
    { firing: ['checkout-errors'], unknown: ['chekout-errors'] },
    {
      code: 'alarm-unknown',
      sentence: 'CloudMonitor knows no alarm rule "chekout-errors"; blockWhile names it',
    },
  ],
])('says by name which alarm stands in the way: %j (C29)', (alarms, expected) => {
  expect(alarmBlock(alarms)).toEqual(expected);
});

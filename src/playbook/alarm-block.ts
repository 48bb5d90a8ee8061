import type { Reason } from '../run/run';

/**
 * Why the alarms that a pool names in `blockWhile`, or a step under another key, stand in the way; undefined when none
 * does. A name that no alarm rule has does as well: whoever wrote it believes that it guards the pool.
 */
export function alarmBlock(
  alarms: { readonly firing: readonly string[]; readonly unknown: readonly string[] },
  key = 'blockWhile',
): Reason | undefined {
  const { firing, unknown } = alarms;
  if (unknown.length > 0) {
    const sentence = `CloudMonitor knows no alarm rule ${quoted(unknown)}; ${key} names it`;
    return { code: 'alarm-unknown', sentence };
  }
  if (firing.length === 0) return undefined;
  const sentence = `${firing.length === 1 ? 'the alarm' : 'the alarms'} ${quoted(firing)} ${firing.length === 1 ? 'is' : 'are'} firing`;
  return { code: 'alarm-firing', sentence };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

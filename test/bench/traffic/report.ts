import { table } from '../../../src/cli/screen';
import type { Manner } from './setting';
import type { Telling, Told } from './tell';

const names: Readonly<Record<Manner, string>> = {
  waits: 'drain that waits',
  hurries: 'drain that does not wait',
  ignores: 'no drain',
};
const head = ['', 'run', 'requests', 'in flight at the drain', 'at the restart', 'lost', 'out of service'];

export function nameOf({ kind, manner }: Telling): string {
  return `${kind.toUpperCase()}, ${names[manner]}`;
}

/** One row a telling. */
export function tableOf(told: readonly Told[]): string {
  return table(told.map(rowOf), head);
}

function rowOf(told: Told): readonly string[] {
  const { outcome, sent, atDrain = '', atRestart = '', lost, outMs } = told;
  const out = `${Math.floor(outMs / 60_000)} min ${Math.round((outMs % 60_000) / 1000)} s`;
  return [nameOf(told), outcome, sent, atDrain, atRestart, lost, out].map(String);
}

/** What is not as it should be: a drain that loses requests, or a telling in which nothing could have been lost. */
export function mistakesIn(told: Told): readonly string[] {
  const { manner, outcome, atDrain = 0, atRestart, lost } = told;
  const wrong = [
    ...(outcome === 'done' ? [] : [`the run ended ${outcome}; expected done`]),
    ...(atRestart === undefined ? ['nothing was restarted'] : []),
    ...(manner === 'waits' && lost > 0 ? [`${lost} requests were lost; expected none`] : []),
    ...(manner === 'waits' && atDrain === 0 ? ['no request was under way when the drain began'] : []),
    ...(manner !== 'waits' && lost === 0 ? ['no request was lost; expected some'] : []),
  ];
  return wrong.map((sentence) => `${nameOf(told)}: ${sentence}`);
}

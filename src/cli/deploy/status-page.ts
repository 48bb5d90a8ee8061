import { table, type Screen } from '../screen';
import { sayHere } from '../times';
import type { Status } from './status';

/** So long after the last sweep something is wrong: two of its periods, and a little. */
const lateMs = 11 * 60_000;

/** The status for people. */
export function statusPage(status: Status, now: number, paint: Screen['paint']): readonly string[] {
  const { stack, state, reason, changedAt, generation, functions, queues, openRuns, configuration } = status;
  const when = changedAt === undefined ? '' : `, since ${sayHere(changedAt)}`;
  const colour = state.endsWith('_FAILED')
    ? paint.red
    : state.endsWith('_COMPLETE')
      ? paint.green
      : paint.yellow;
  return [
    `stack ${stack}: ${colour(state)}${when}, Function Compute ${generation === 'fc2' ? '2.0' : '3.0'}`,
    ...(reason === undefined ? [] : [`  ${reason}`]),
    table(functions.map((one) => [one.name, code(one.code), one.changedAt ?? ''])),
    table(
      queues.map(({ name, due, taken, delayed }) =>
        due === undefined
          ? [name, paint.red('is not there')]
          : [name, `${due} due, ${taken} taken, ${delayed} later`],
      ),
    ),
    saySweep(status.lastSweepAt, now, paint),
    openRuns.length === 0 ? 'no run is under way' : `runs under way: ${openRuns.join(', ')}`,
    `configuration: ${configuration ?? 'none yet; bring one with ecs-failover push'}`,
  ];
}

function code(state: Status['functions'][number]['code']): string {
  return {
    same: 'the code that was built here',
    other: 'other code than was built here',
    absent: 'is not there',
    unknown: 'nothing was built here to compare with',
  }[state];
}

function saySweep(at: number | undefined, now: number, paint: Screen['paint']): string {
  if (at === undefined) return paint.red('no sweep within a week');
  const text = `last sweep ${sayHere(at)}`;
  return now - at > lateMs ? paint.red(`${text}; it should run every five minutes`) : text;
}

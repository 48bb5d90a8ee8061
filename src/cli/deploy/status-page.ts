import { table, type Screen } from '../screen';
import { sayHere } from '../times';
import { isBroken, isComplete, stateOf } from './stack-state';
import type { Status } from './status';

/** A sweep is written down at its end. */
const graceMs = 60_000;

/** The status for people. */
export function statusPage(status: Status, now: number, paint: Screen['paint']): readonly string[] {
  const { stack, state, reason, changedAt, generation, functions, queues, openRuns } = status;
  const when = changedAt === undefined ? '' : `, since ${sayHere(changedAt)}`;
  const isGood = isComplete({ status: state });
  const colour = isGood ? paint.green : isBroken({ status: state }) ? paint.red : paint.yellow;
  return [
    `stack ${stack}: ${colour(state)}${when}, Function Compute ${generation === 'fc2' ? '2.0' : '3.0'}`,
    ...(reason === undefined || isGood ? [] : [`  ${reason}`]),
    ...(stateOf({ status: state }) === 'stillborn'
      ? ['  ecs-failover deploy removes what is left, and begins anew']
      : []),
    table(functions.map((one) => [one.name, code(one.code), sayChanged(one.changedAt)])),
    table(
      queues.map(({ name, due, taken, delayed }) =>
        due === undefined
          ? [name, paint.red('is not there')]
          : [name, `${due} due, ${taken} taken, ${delayed} later`],
      ),
    ),
    saySweep(status, now, paint),
    openRuns.length === 0 ? 'no run is under way' : `runs under way: ${openRuns.join(', ')}`,
    ...sayRefused(status.refusedToday, paint),
    sayConfiguration(status),
  ];
}

function sayChanged(at: string | undefined): string {
  return at === undefined ? '' : `since ${sayHere(Date.parse(at))}`;
}

function sayRefused(counts: Status['refusedToday'], paint: Screen['paint']): readonly string[] {
  const reasons = Object.entries(counts).map(([code, count]) => `${count} ${code}`);
  return reasons.length === 0
    ? []
    : [
        paint.yellow(
          `pushes that were not believed today: ${reasons.join(', ')} (deploy tries with two of its own)`,
        ),
      ];
}

function sayConfiguration({ configuration, configurationAt, configurationBy, observes }: Status): string {
  if (configuration === undefined) return 'configuration: none yet; bring one with ecs-failover push';
  const who = configurationBy === undefined ? 'edited in the bucket' : `by ${configurationBy}`;
  const when = configurationAt === undefined ? '' : `, ${sayHere(configurationAt)}`;
  return `configuration: ${configuration}, ${who}${when}${observes ? '; it only observes' : ''}`;
}

function code(state: Status['functions'][number]['code']): string {
  return {
    same: 'the code that was built here',
    other: 'other code than was built here',
    absent: 'is not there',
    unknown: 'nothing was built here to compare with',
  }[state];
}

function saySweep(
  { lastSweepAt: at, sweepEverySeconds, observes }: Status,
  now: number,
  paint: Screen['paint'],
): string {
  if (observes) return 'sweeps are not written down while it only observes; the log of poll tells of them';
  if (at === undefined) return paint.red('no sweep within a week');
  const text = `last sweep ${sayHere(at)}`;
  const isLate = now - at > 2 * sweepEverySeconds * 1000 + graceMs;
  return isLate ? paint.red(`${text}; one is due every ${sweepEverySeconds / 60} minutes`) : text;
}

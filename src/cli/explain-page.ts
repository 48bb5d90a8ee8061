import { machine } from '../connect';
import type { Explanation } from '../engine/explain';
import { sayDuration } from '../playbook/duration';
import type { Verdict } from '../run/run';
import { adviceFor } from './runs/advice';
import type { ReadRun } from './runs/find-run';
import { lastSentence, paintState, placeOf, stateOf } from './runs/state';
import { table, type Screen } from './screen';
import { sayFreezeHere } from './stops/say';
import { sayHere } from './times';

type Row = readonly [string, string];

/** Why a run does now what it does, as a page: what holds it back, by which rule, and until when. */
export function explainPage(
  read: ReadRun,
  explanation: Explanation,
  now: number,
  paint: Screen['paint'],
): string {
  const { run } = read;
  const heading = `${run.id}  ${run.event.code} (${run.event.status})  ${run.plan.target.instanceId}  pool ${run.plan.pool}`;
  const state = `${paintState(stateOf(read), paint)}${placeOf(run) === '' ? '' : `, at ${placeOf(run)}`}`;
  const advice = adviceFor(read);
  const zone = machine.zone();
  const rows: readonly Row[] = [
    ['state', state],
    ...reasonRows(read, explanation, now),
    ...windowRows(explanation),
    ...slotRows(explanation),
    ...explanation.freezes.map((freeze): Row => ['freeze', sayFreezeHere(freeze)]),
    ...(advice.length === 0 ? [] : [['you can say', advice.join('\n')] as const]),
    ['times in', zone === run.plan.zone ? zone : `${zone}; sentences about the calendar in ${run.plan.zone}`],
  ];
  return [paint.bold(heading), table(rows.map(([name, text]) => [`  ${name}`, text]))].join('\n');
}

function reasonRows(read: ReadRun, explanation: Explanation, now: number): readonly Row[] {
  const { run } = read;
  const { actingUntil, refusal, verdict, untaken } = explanation;
  if (run.phase.kind === 'ended') return [['why', lastSentence(read)]];
  const words = untaken.map((word) => ('by' in word ? `${word.by}: ${word.kind}` : word.kind));
  const until = run.phase.kind === 'held' ? run.phase.until : undefined;
  return [
    ...(words.length === 0 ? [] : [['hears next', words.join(', ')] as const]),
    ...(verdict === undefined ? [['why', lastSentence(read)] as const] : verdictRows(verdict, now)),
    ...(until === undefined ? [] : [['goes on', `${sayHere(until)}, by itself`] as const]),
    ...(refusal === undefined ? [] : [['refused', refusal] as const]),
    ...(actingUntil === undefined
      ? []
      : [
          [
            'acting',
            `somebody is acting, or died acting; looked at again by ${sayHere(actingUntil)}`,
          ] as const,
        ]),
  ];
}

function verdictRows(verdict: Verdict, now: number): readonly Row[] {
  switch (verdict.kind) {
    case 'pending':
      return [
        ['why not now', verdict.note],
        ['looks again', verdict.again <= now ? 'now' : `${sayHere(verdict.again)} at the latest`],
      ];
    case 'needed':
      return [['now', verdict.note]];
    case 'done':
      return [['now', `goes on: ${verdict.note ?? 'the goal holds'}`]];
    case 'impossible':
      return [['now', `fails: ${verdict.reason.sentence}`]];
    default:
      return verdict satisfies never;
  }
}

function slotRows({ slotThen, line }: Explanation): readonly Row[] {
  const said = slotThen && ('note' in slotThen ? slotThen.note : undefined);
  const failed = slotThen?.kind === 'impossible' ? slotThen.reason.sentence : undefined;
  const then = said ?? failed;
  return [
    ...(line === undefined ? [] : [['in line', `${line.place} of ${line.of}`] as const]),
    ...(then === undefined ? [] : [['then', `${then}, as things stand`] as const]),
  ];
}

function windowRows({ window, whyNotSooner, lastSafeMoment, aheadMs }: Explanation): readonly Row[] {
  if (window === undefined) return [];
  const last: readonly Row[] =
    lastSafeMoment === undefined
      ? []
      : [['last safe', `${sayHere(lastSafeMoment)}: a start later cannot end in time`]];
  const soft = aheadMs === undefined ? '' : `, for a soft drain ${sayDuration(aheadMs)} ahead of it`;
  switch (window.kind) {
    case 'open':
      return [['window', `${window.name} is open until ${sayHere(window.until)}`], ...last];
    case 'later':
      return [
        ['next opening', `${window.name}, ${sayHere(window.at)}${soft}`],
        ...(whyNotSooner.length === 0 ? [] : [['not sooner', whyNotSooner.join('\n')] as const]),
        ...last,
      ];
    case 'none':
      return [['window', `none: ${window.sentence}`], ...last];
    default:
      return window satisfies never;
  }
}

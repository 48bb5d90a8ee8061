import type { Planned, Preview } from '../engine/preview';
import { sayDuration } from '../playbook/duration';
import { sayInstant } from '../playbook/zone-time';
import { table, type Screen } from './screen';
import { sayAbout } from './traffic/say-about';

type Paint = Screen['paint'];

/** The page an operator reads: what would happen, when, why not sooner, and by which numbers. */
export function planPage({ event, instance, verdict, reasons, run, planned }: Preview, paint: Paint): string {
  const zone = planned?.zone ?? 'UTC';
  const where = [planned?.pool, instance && `zone ${instance.zone}`].filter(Boolean).join(', ');
  const time =
    event.notBefore === undefined
      ? 'no planned time'
      : `provider's time ${sayInstant(event.notBefore, zone)}`;
  const seen = event.publishedAt === undefined ? '' : `, published ${sayInstant(event.publishedAt, zone)}`;
  const heading = [
    `event ${event.id}`,
    `${event.code} (${event.status})`,
    `${event.instanceId}${where === '' ? '' : ` (${where})`}`,
    `${time}${seen}`,
  ].join('  ');
  const rows = planned === undefined ? [] : rowsOf(planned, paint);
  const known = run === undefined ? [] : [['run', `${run.id} is under way already (${run.phase})`]];
  const end = [sayVerdict(verdict, reasons, paint)];
  return [paint.bold(heading), table([...rows, ...known, ...end].map(indent))].join('\n');
}

function indent([name = '', text = '']: readonly string[]): readonly string[] {
  return [`  ${name}`, text];
}

function rowsOf(planned: Planned, paint: Paint): readonly (readonly string[])[] {
  const {
    playbook,
    digest,
    mode,
    zone,
    guard,
    memberships,
    groups,
    scaling,
    writes,
    leftOut,
    ladder,
    commit,
  } = planned;
  const places = memberships.map(({ key, weight, group, fixed }) => {
    const about = groups.find((one) => one.group === group);
    const unused = about?.usedBy.length === 0 && 'nothing sends traffic here';
    return [key, String(weight), fixed, about && sayAbout(about), unused].filter(Boolean).join('  ');
  });
  return [
    ['playbook', `${paint.bold(playbook)}   plan ${digest}   mode ${mode}`],
    ...approvalRows(planned),
    ...startRows(planned),
    ...endRows(planned),
    ['guard', `${guard.sentence}${guard.allowed ? '   ok' : ''}`],
    ['traffic', places.length === 0 ? 'takes none anywhere' : places.join('\n')],
    ...(scaling === undefined ? [] : [['scaling', scaling]]),
    ['writes', writes.length === 0 ? 'none' : writes.join('\n')],
    ...leftOut.map(({ id, onlyIf }) => ['left out', `${id}: only if ${onlyIf}`]),
    ...(ladder.length === 0 ? [] : [['if not cleared', ladder.join(' → ')]]),
    [
      'undo',
      commit === undefined ? 'to the end' : `until step ${commit.number} of ${commit.of} (${commit.id})`,
    ],
    ['times in', zone],
  ];
}

const asking: Readonly<Record<string, string>> = {
  always: 'always',
  noWindow: 'when there is no window',
  outsideCalendar: 'when no window of the calendar fits',
};

function approvalRows({ approval }: Planned): readonly (readonly string[])[] {
  if (approval === undefined) return [];
  const { from, need, when } = approval;
  return [['asks', `${need} of ${from.join(', ')}, ${asking[when] ?? when}`]];
}

function startRows({ window, softDrain, zone, whyNotSooner }: Planned): readonly (readonly string[])[] {
  const soft = softDrain
    ? `; soft drain to ${softDrain.percent}% from ${sayInstant(softDrain.from, zone)}`
    : '';
  switch (window.kind) {
    case 'now':
      return [['start', 'now: an emergency waits for no window']];
    case 'open':
      return [['start', `now (window ${window.name}, until ${sayInstant(window.until, zone)}${soft})`]];
    case 'later':
      return [
        ['start', `${sayInstant(window.at, zone)} (window ${window.name}${soft})`],
        ...(whyNotSooner.length === 0 ? [] : [['why not sooner', whyNotSooner.join('\n')]]),
      ];
    case 'none':
      return [['start', `never: ${window.sentence}`]];
    default:
      return window satisfies never;
  }
}

function endRows({
  mustEnd,
  lastSafeMoment,
  window,
  neededMs,
  zone,
}: Planned): readonly (readonly string[])[] {
  if (mustEnd === undefined || lastSafeMoment === undefined) return [['must end', 'no deadline']];
  const start = window.kind === 'later' ? window.at : undefined;
  const spare =
    start === undefined
      ? ''
      : `   ends at most ${sayInstant(start + neededMs, zone)}, spare ${sayDuration(mustEnd - start - neededMs)}`;
  return [
    ['must end', `${sayInstant(mustEnd, zone)}${spare}`],
    ['last safe', `${sayInstant(lastSafeMoment, zone)}: a run that starts later cannot end in time`],
  ];
}

function sayVerdict(
  verdict: Preview['verdict'],
  reasons: readonly string[],
  paint: Paint,
): readonly [string, string] {
  switch (verdict) {
    case 'change':
      return ['verdict', paint.green('would be carried out')];
    case 'blocked':
      return ['verdict', paint.red(`blocked: ${reasons.join('; ')}`)];
    case 'nothing':
      return ['verdict', `nothing to do: ${reasons.join('; ')}`];
    default:
      return verdict satisfies never;
  }
}

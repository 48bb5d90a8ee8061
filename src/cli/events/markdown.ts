import { eventKinds } from '../../event/kinds';
import type { EventKind } from '../../event/kind';
import { verdictOf, type EventVerdict } from '../../event/verdict';

const families: Readonly<Record<EventKind['family'], readonly [title: string, text: string]>> = {
  'planned-maintenance': [
    'Planned maintenance',
    'Announced a day or two ahead. An Inquiring one waits for a yes without any time limit.',
  ],
  'local-disk': [
    'Local disks',
    'A damaged disk: its alert, its isolation, and days later the return of a new one. What it held is lost.',
  ],
  unexpected: [
    'Failures',
    'The platform acts already. There is nothing to choose; there is traffic to take away, and a recovery to prove.',
  ],
  billing: [
    'Payment and punishment',
    'Only people can answer these. They are told at once, and again as the time comes near.',
  ],
  notification: [
    'Notices',
    'They have no life cycle, and ECS cannot be asked about them. Only the spot reclaim is worked on; the others are read and let go.',
  ],
};

/** The page of every event, in Markdown. */
export function eventsPage(): string {
  const head = [
    '# Every event, and what is done about it',
    [
      'Written by `npm run events` from [the table](../src/event/kinds.ts) that the program itself works with; a test holds',
      'this page to it, and [every row has its story](../test/stories/every-event.test.ts). `ecs-failover events CODE` prints one row.',
    ].join('\n'),
    [
      'A code that nobody has written down here yet is not lost: a playbook can still not name it, a warning tells of it, it is',
      'kept as unmatched, and somebody is called where the instance is a member of a pool.',
    ].join('\n'),
  ];
  const sections = Object.entries(families).map(([family, [title, text]]) => {
    const kinds = eventKinds.filter((kind) => kind.family === family);
    const [events, notices] = [kinds.filter(isEvent), kinds.filter((kind) => !isEvent(kind))];
    return [
      `## ${title}`,
      text,
      ...events.map((kind) => entry(verdictOf(kind))),
      ...(notices.length > 0 ? [noticeList(notices)] : []),
    ].join('\n\n');
  });
  return `${[...head, ...sections].join('\n\n')}\n`;
}

function isEvent({ statuses }: EventKind): boolean {
  return statuses.length > 0;
}

function entry({ code, meaning, states, urgency, lost, playbook, unconfirmed }: EventVerdict): string {
  const answered = playbook === undefined ? 'no playbook; people hear of it' : `playbook \`${playbook}\``;
  const facts = [`Urgency: ${urgency}.`, `Lost: ${lost}.`, `Answered by: ${answered}.`];
  const open = unconfirmed === undefined ? [] : [`Not documented: ${unconfirmed}`];
  return [
    `### \`${code}\``,
    meaning,
    [...facts, ...open].join(' '),
    [
      '| status | what may be done |',
      '| --- | --- |',
      ...states.map(({ status, may }) => `| ${status} | ${may} |`),
    ].join('\n'),
  ].join('\n\n');
}

function noticeList(kinds: readonly EventKind[]): string {
  const rows = kinds.map(({ code, meaning }) => `| \`${code}\` | ${meaning} |`);
  return ['| notice | what it tells |', '| --- | --- |', ...rows].join('\n');
}

import type { Command } from 'commander';
import { eventKind, eventKinds } from '../../event/kinds';
import { verdictOf, type EventVerdict } from '../../event/verdict';
import { suggestName } from '../../playbook/sentences';
import { BadInput, exits } from '../exits';
import { openScreen, table, type Screen } from '../screen';

/** `events`: what is known of every code, or of one. */
export function addEventsCommand(program: Command): void {
  program
    .command('events')
    .description('what each system event means, what may be done about it, and which playbook answers it')
    .argument('[code]', 'as the ECS console spells it; left out: all of them')
    .option('--json', 'one JSON object')
    .action((code: string | undefined, { json = false }: { json?: boolean }) => {
      process.exitCode = events(code, json, openScreen(process.stdout));
    });
}

function events(code: string | undefined, json: boolean, screen: Screen): number {
  const verdicts = wanted(code).map(verdictOf);
  const lines =
    code === undefined ? [overview(verdicts)] : verdicts.flatMap((one) => page(one, screen.paint));
  for (const line of json ? [JSON.stringify({ events: verdicts })] : lines) screen.print(line);
  return exits.good;
}

function wanted(code: string | undefined) {
  const known = eventKinds.filter(({ statuses }) => statuses.length > 0);
  if (code === undefined) return known;
  const kind = eventKind(code);
  if (kind !== undefined) return [kind];
  const codes = eventKinds.map((one) => one.code);
  throw new BadInput(`code: no system event has the code ${code}; ${suggestName(code, codes)}`);
}

function overview(verdicts: readonly EventVerdict[]): string {
  const rows = verdicts.map(({ code, urgency, lost, playbook }) => [
    code,
    urgency,
    lost,
    playbook ?? 'people hear of it',
  ]);
  return table(rows, ['code', 'urgency', 'lost', 'answered by']);
}

function page(verdict: EventVerdict, paint: Screen['paint']): readonly string[] {
  const { code, meaning, states, urgency, lost, playbook, unconfirmed } = verdict;
  return [
    paint.bold(code),
    meaning,
    '',
    ...(states.length > 0
      ? [
          table(
            states.map(({ status, may }) => [status, may]),
            ['status', 'what may be done'],
          ),
        ]
      : []),
    '',
    `urgency      ${urgency}`,
    `lost         ${lost}`,
    `answered by  ${playbook ?? 'no playbook; people hear of it'}`,
    ...(unconfirmed === undefined ? [] : [`open         ${unconfirmed}`]),
  ];
}

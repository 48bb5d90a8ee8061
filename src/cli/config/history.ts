import {
  lastAccepted,
  openPush,
  readHistory,
  type Accepted,
  type History,
  type Rejected,
} from '../../engine/configuration/history';
import { observedEdit } from '../../engine/configuration/in-force';
import type { World } from '../../engine/ports';
import { sayDifferences } from '../../playbook/differences';
import { exits } from '../exits';
import { table, type Screen } from '../screen';
import { sayHere } from '../times';

type Judged = Accepted | Rejected;

/** Every configuration there was, newest first. Answers the exit code. */
export async function showHistory(world: World, json: boolean, screen: Screen): Promise<number> {
  const history = await readHistory(world.journals);
  const versions = judgedIn(history).toReversed();
  const observed = await observedEdit(world, history);
  if (json) {
    const inForce = observed?.accepted.digest ?? lastAccepted(history)?.digest ?? null;
    screen.print(JSON.stringify({ inForce, versions, isNoted: observed === undefined }));
    return exits.good;
  }
  const push = openPush(history);
  if (push !== undefined) {
    screen.print(screen.paint.yellow(`${push.by} began a push ${sayHere(push.at)} that has not ended`));
  }
  if (observed !== undefined) screen.print(screen.paint.yellow(sayObserved(observed.accepted)));
  if (versions.length === 0 && observed === undefined)
    screen.print('there has never been a configuration; bring one: ecs-failover push');
  if (versions.length > 0)
    screen.print(
      table(rowsOf(observed === undefined ? lastAccepted(history) : undefined, versions, screen.paint), head),
    );
  return exits.good;
}

/** While nothing but observing is asked for, the functions write nothing, not even a line here. */
function sayObserved({ digest }: Accepted): string {
  return `version ${digest} holds: edited in the bucket while it only observes, so that no line tells of it; a push has one`;
}

const head = ['', 'version', 'when', 'who', 'files', ''];

/** The same content under another listing is no other version. */
function judgedIn({ lines }: History): readonly Judged[] {
  const judged = lines.filter((line) => line.kind !== 'pushing');
  return judged.filter(({ digest, kind }, at) => {
    const before = judged[at - 1];
    return before?.digest !== digest || before.kind !== kind;
  });
}

function rowsOf(
  inForce: Accepted | undefined,
  versions: readonly Judged[],
  paint: Screen['paint'],
): readonly (readonly string[])[] {
  const first = versions.find(({ kind, digest }) => kind === 'accepted' && digest === inForce?.digest);
  return versions.map((line) => [
    line === first ? '*' : '',
    line.digest,
    sayHere(line.at),
    line.by ?? 'in the bucket',
    line.kind === 'accepted' ? sayDifferences(line.files, 'file') : '',
    line.kind === 'accepted' ? sayAccepted(line, paint) : paint.red(sayRejected(line)),
  ]);
}

function sayAccepted({ why }: Accepted, paint: Screen['paint']): string {
  return `${paint.green('accepted')}${why === undefined ? '' : `: ${why}`}`;
}

function sayRejected({ problems }: Rejected): string {
  const [first = 'no reason was written down', ...more] = problems;
  return `rejected: ${first}${more.length === 0 ? '' : `, and ${more.length} more`}`;
}

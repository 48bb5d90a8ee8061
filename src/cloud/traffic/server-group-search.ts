import { CloudError } from '../../engine/ports';
import { chunksOf } from '../chunks';
import type { ServerRow } from './server-group-rows';
import type { ServerGroup } from './server-group-dialect';

/** The questions that finding needs. */
interface Questions {
  readonly servers: (params: {
    readonly ServerGroupId?: string;
    readonly ServerIds?: readonly string[];
  }) => Promise<readonly ServerRow[]>;
  readonly groups: () => Promise<readonly ServerGroup[]>;
}

/** ServerIds takes so many. */
const mostIds = 40;
/** So many groups are read as fast as it is found out whether they need to be. */
const few = 2;

/**
 * The groups that hold one of the servers. That one question without a group is answered across all of them is
 * documented but not confirmed: the groups are read one by one when it is refused, when a row does not say whose it is,
 * and when it finds nothing though a server that is known to be there is not found that way either. One by one because
 * reads are limited by the second.
 */
export async function findGroups(questions: Questions, names: readonly string[]): Promise<readonly string[]> {
  const rows = await askAcross(questions, names);
  const told = rows?.flatMap(({ ServerGroupId }) => ServerGroupId ?? []) ?? [];
  if (rows !== undefined && told.length > 0 && told.length === rows.length) return [...new Set(told)];
  const groups = (await questions.groups()).filter(({ servers }) => servers !== 0);
  if (rows?.length === 0 && groups.length > few && (await isAnsweredAcross(questions, groups))) return [];
  const found: string[] = [];
  for (const { id } of groups) {
    if ((await ask(questions, names, id)).length > 0) found.push(id);
  }
  return found;
}

async function ask(
  { servers }: Questions,
  names: readonly string[],
  ServerGroupId?: string,
): Promise<readonly ServerRow[]> {
  const rows: ServerRow[] = [];
  for (const ServerIds of chunksOf(names, mostIds)) {
    rows.push(...(await servers({ ServerIds, ...(ServerGroupId !== undefined && { ServerGroupId }) })));
  }
  return rows;
}

/** Undefined: the question is not taken without a group. */
async function askAcross(
  questions: Questions,
  names: readonly string[],
): Promise<readonly ServerRow[] | undefined> {
  try {
    return await ask(questions, names);
  } catch (error) {
    if (error instanceof CloudError && /^(?:missing|invalid|illegal)param/i.test(error.code))
      return undefined;
    throw error;
  }
}

/** Whether a server of which we know the group is found without naming it. */
async function isAnsweredAcross(questions: Questions, groups: readonly ServerGroup[]): Promise<boolean> {
  for (const { id } of groups) {
    const [server] = await questions.servers({ ServerGroupId: id });
    if (server === undefined) continue;
    const rows = await questions.servers({ ServerIds: [server.ServerId] });
    return rows.some(({ ServerGroupId }) => ServerGroupId === id);
  }
  return false;
}

import type { Millis } from '../../event/system-event';
import type { Configuration } from '../../playbook/configuration';
import { compareSources } from '../../playbook/differences';
import { sayProblem } from '../../playbook/problem';
import { compile, type Sources } from '../../playbook/version';
import type { Listing, Read } from './folder';
import { lastAccepted, openPush, type Accepted, type History, type Rejected } from './history';

export type Judgement =
  | { readonly line: Accepted; readonly configuration: Configuration }
  | { readonly line: Rejected; readonly configuration?: undefined };

/** So many are told at once; whoever mends them checks the whole folder. */
const mostProblems = 20;

/**
 * Whether what lies in the folder may hold from now on. A folder that was emptied, and one in which a push broke
 * off, are refused whatever they say.
 */
export function judge(
  { sources, digest }: Read,
  { history, listing, inForce }: { history: History; listing: Listing; inForce: Sources | undefined },
  at: Millis,
): Judgement {
  const push = openPush(history);
  const by = push?.digest === digest ? { by: push.by } : {};
  const found = { at, digest, listing: listing.fingerprint, ...by };
  const refuse = (problems: readonly string[]): Judgement => ({
    line: { kind: 'rejected', ...found, problems: problems.slice(0, mostProblems) },
  });
  if (Object.keys(sources).length === 0) return refuse([sayEmpty(inForce !== undefined)]);
  const isWhole = [push?.digest, lastAccepted(history)?.digest].includes(digest);
  if (push !== undefined && !isWhole) return refuse([sayBrokenOff(push.by)]);
  const { configuration, problems } = compile(sources, at);
  if (configuration === undefined) {
    return refuse(problems.filter(({ severity }) => severity === 'error').map(sayProblem));
  }
  const files = compareSources(inForce ?? {}, sources);
  return { line: { kind: 'accepted', ...found, files }, configuration };
}

function sayEmpty(hasOne: boolean): string {
  const found = 'playbooks/ in the bucket holds no YAML file';
  return hasOne
    ? `${found} any more; an empty folder takes nothing back: write mode: observe in the settings to stop all work`
    : `${found}; begin with: ecs-failover push DIR`;
}

function sayBrokenOff(by: string): string {
  return `a push by ${by} broke off, and playbooks/ may hold half of it; push again, or edit the files that are missing`;
}

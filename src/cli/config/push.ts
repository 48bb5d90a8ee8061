import { planPush, push, type PushEnd, type PushPlan } from '../../engine/configuration/push';
import type { World } from '../../engine/ports';
import { readSources } from '../../cloud/playbook-folder';
import type { Configuration } from '../../playbook/configuration';
import { areSame, compareConfigurations, sayDifferences, type Differences } from '../../playbook/differences';
import { compile, type Sources } from '../../playbook/version';
import { check, loadOrExplain, sayAtLength } from '../check';
import { exits } from '../exits';
import { sayName } from '../said';
import type { Screen } from '../screen';
import { sayHere } from '../times';

export interface PushFlags {
  readonly dryRun?: boolean;
  readonly by?: string;
  readonly why?: string;
  readonly json?: boolean;
}

/** Checks a folder and makes it the version in force. Answers the exit code. */
export async function pushFolder(
  world: World,
  { folder, ...flags }: PushFlags & { readonly folder: string },
  screen: Screen,
): Promise<number> {
  const { configuration, problems } = loadOrExplain(folder, world.now());
  if (configuration === undefined) return check(folder, world.now(), flags.json === true, screen);
  if (flags.json !== true) for (const problem of problems) screen.print(sayAtLength(problem, screen));
  return pushSources(world, { sources: readSources(folder), configuration }, flags, screen);
}

interface Wished {
  readonly sources: Sources;
  readonly configuration: Configuration;
}

/** Shows what would change, and makes it so unless this is a dry run. Answers the exit code. */
export async function pushSources(
  world: World,
  wished: Wished,
  { dryRun = false, json = false, by, why }: PushFlags,
  screen: Screen,
): Promise<number> {
  const who = sayName(by);
  const plan = await planPush(world, wished.sources);
  const documents = compareConfigurations(configurationBefore(plan, world.now()), wished.configuration);
  if (!json) for (const line of planLines(plan, documents)) screen.print(line);
  const end =
    plan.changes && !dryRun
      ? await push(world, plan, { configuration: wished.configuration, by: who, why })
      : undefined;
  if (json) screen.print(JSON.stringify(toJson(plan, documents, end)));
  else for (const line of endLines(plan, end)) screen.print(line);
  if (end === undefined) return plan.changes ? exits.wouldChange : exits.good;
  return { accepted: exits.good, busy: exits.blocked, overtaken: exits.blocked, disturbed: exits.failed }[
    end.kind
  ];
}

/** By today's rules, which may be others than those it was accepted by. */
function configurationBefore({ inForceSources }: PushPlan, now: number): Configuration | undefined {
  return inForceSources && compile(inForceSources, now).configuration;
}

function planLines({ files, changes }: PushPlan, documents: Differences): readonly string[] {
  if (!changes) return [];
  return [
    ...(areSame(files) ? [] : [`in playbooks/: ${sayDifferences(files, 'file')}`]),
    `what they mean: ${sayDifferences(documents, 'document')}`,
  ];
}

function endLines({ digest, inForce, changes }: PushPlan, end: PushEnd | undefined): readonly string[] {
  const instead = inForce === undefined ? '' : ` in place of ${inForce.digest}`;
  if (!changes) return [`version ${digest} is in force already; nothing to do`];
  switch (end?.kind) {
    case undefined:
      return [`version ${digest} would be in force${instead}`];
    case 'accepted':
      return [
        `version ${digest} is in force${instead}`,
        'the functions take it at their next event or sweep; runs under way keep their plans',
      ];
    case 'busy':
      return [
        `${end.by} is pushing since ${sayHere(end.at)}, nothing was changed; look at it afterwards: ecs-failover config history`,
      ];
    case 'overtaken':
      return [
        `somebody was first${sayOther(end)}, nothing was changed; look at it, and push again: ecs-failover config history`,
      ];
    case 'disturbed':
      return [
        `somebody edited ${end.paths.join(', ') || 'the folder'} meanwhile; ${inForce?.digest ?? 'no version'} stays in force; push again`,
      ];
  }
}

function sayOther({ line }: PushEnd & { kind: 'overtaken' }): string {
  if (line === undefined) return '';
  return `: version ${line.digest} was ${line.kind} ${sayHere(line.at)}${line.by === undefined ? '' : `, by ${line.by}`}`;
}

function toJson(
  { digest, files, changes, inForce }: PushPlan,
  documents: Differences,
  end?: PushEnd,
): object {
  return { digest, before: inForce?.digest ?? null, changes, files, documents, end: end ?? null };
}

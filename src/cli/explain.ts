import type { Command } from 'commander';
import { attempt } from '../engine/act';
import { explain } from '../engine/explain';
import type { World } from '../engine/ports';
import { preview } from '../engine/preview';
import { runJournal } from '../engine/run-journal';
import { worldOf } from '../engine/world-of';
import type { Site } from '../event/site';
import type { SystemEvent } from '../event/system-event';
import type { Configuration } from '../playbook/configuration';
import { sitesOf } from '../playbook/sites';
import { stepTypes } from '../steps';
import { connectToAccount } from './account';
import { configurationOn } from './config/in-force';
import { BadInput, exits } from './exits';
import { explainPage } from './explain-page';
import { planPage } from './plan-page';
import { findRun, readRun, type ReadRun } from './runs/find-run';
import { openScreen, type Screen } from './screen';

interface Options {
  readonly playbooks?: string;
  readonly json?: boolean;
}

/** `explain`: why now, why not now, and by which rule. */
export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .description('why something happens now or not, when it can happen next, and which rule says so')
    .argument('<what>', 'an instance (i-…), an event (e-…) or a run (run-…)')
    .option('--playbooks <dir>', 'folder of playbooks, for events that no run answers yet')
    .option('--json', 'one JSON object')
    .action(async (what: string, options: Options) => {
      process.exitCode = await explainVerb(what, options, openScreen(process.stdout));
    });
}

async function explainVerb(what: string, options: Options, screen: Screen): Promise<number> {
  const { world } = await connectToAccount();
  const known = await configurationOn(world, options.playbooks).catch(onlyBadInput);
  const sites = known instanceof BadInput ? [] : sitesOf(known.settings.spec);
  const { runs, events } = await find(world, what, sites);
  const explained = await Promise.all(
    runs.map(async (read) => ({ read, explanation: await explain(world, stepTypes, read) })),
  );
  const plans = await Promise.all(events.map((event) => preview(world, given(known), event)));
  if (options.json === true) {
    const told = explained.map(({ read, explanation }) => ({ run: read.run.id, ...explanation }));
    screen.print(JSON.stringify({ runs: told, plans }));
    return exits.good;
  }
  const pages = [
    ...explained.map(({ read, explanation }) => explainPage(read, explanation, world.now(), screen.paint)),
    ...plans.map((plan) => planPage(plan, screen.paint)),
  ];
  screen.print(pages.join('\n\n'));
  return exits.good;
}

interface Found {
  readonly runs: readonly ReadRun[];
  /** Events that no run answers. */
  readonly events: readonly SystemEvent[];
}

async function find(world: World, what: string, sites: readonly Site[]): Promise<Found> {
  if (!/^[ie]-/.test(what)) return { runs: [await findRun(world, what)], events: [] };
  const about = ({ id, instanceId }: SystemEvent) => id === what || instanceId === what;
  const runs = (await openRuns(world)).filter(({ run }) => about(run.event));
  const answered = runs.map(({ run }) => run.event.id);
  const pending = (await pendingIn(world, sites)).filter(about);
  const events = pending.filter(({ id }) => !answered.includes(id));
  if (runs.length > 0 || events.length > 0) return { runs, events };
  const ended = what.startsWith('e-') ? await endedRuns(world, what) : [];
  if (ended.length > 0) return { runs: ended, events };
  throw new BadInput(await sayNothing(world, what, sites));
}

/** Runs are explained without playbooks; only an event that no run answers needs them. */
function onlyBadInput(error: unknown): BadInput {
  if (error instanceof BadInput) return error;
  throw error;
}

function given(known: Configuration | BadInput): Configuration {
  if (known instanceof BadInput) throw known;
  return known;
}

function worldsOf(world: World, sites: readonly Site[]): readonly World[] {
  return sites.length === 0 ? [world] : sites.map((site) => worldOf(world, site));
}

async function pendingIn(world: World, sites: readonly Site[]): Promise<readonly SystemEvent[]> {
  const worlds = worldsOf(world, sites);
  const asked = await Promise.all(worlds.map(({ cloud }) => attempt(() => cloud.events.pending())));
  // An account that is closed to us does not keep the others from being explained.
  const answers = asked.flatMap((one) => (one.kind === 'done' ? [one.value] : []));
  const [first] = asked;
  if (answers.length === 0 && first?.kind === 'refused') throw first.error;
  return answers.flat();
}

async function openRuns(world: World): Promise<readonly ReadRun[]> {
  const open = await world.openRuns.list();
  const read = await Promise.all(open.map(({ runId }) => readRun(world, runId)));
  return read.filter((one) => one !== undefined);
}

async function endedRuns(world: World, event: string): Promise<readonly ReadRun[]> {
  const names = await world.journals.names(runJournal(''));
  const read = await Promise.all(names.map((name) => readRun(world, name.slice(runJournal('').length))));
  return read.filter((one) => one !== undefined).filter(({ run }) => run.event.id === event);
}

async function sayNothing(world: World, what: string, sites: readonly Site[]): Promise<string> {
  if (what.startsWith('e-')) return `ECS has no pending event ${what}, and no run answered one`;
  const worlds = worldsOf(world, sites);
  const found = await Promise.all(worlds.map(({ cloud }) => cloud.instances.get(what)));
  return found.every((instance) => instance === undefined)
    ? `there is no instance ${what}; expected an instance, an event or a run`
    : `ECS has no pending event for ${what}, and no run works on it; nothing will happen`;
}

import { openSimulatedEvents, type SimulatedEvents } from '../../cloud/simulated-events';
import { preview } from '../../engine/preview';
import { CloudError, type World } from '../../engine/ports';
import { runIdOf } from '../../engine/run-id';
import type { SystemEvent } from '../../event/system-event';
import type { Configuration } from '../../playbook/configuration';
import { matchPlaybook } from '../../playbook/match';
import { makePlan } from '../../playbook/plan';
import { findSite } from '../../playbook/sites';
import { suggestName } from '../../playbook/sentences';
import { connectToAccount } from '../account';
import { askForYes } from '../ask';
import { configurationOn } from '../config/in-force';
import { BadInput, exits } from '../exits';
import { planPage } from '../plan-page';
import { table, type Screen } from '../screen';
import { readEnd, sayHere } from '../times';
import { coverageOf, simulatedCodes, type Covered } from './coverage';
import { follow, type Followed } from './follow';
import { takeBack, withEvent } from './with-event';

export interface LiveRehearsal {
  readonly instance?: string;
  readonly code?: string;
  readonly notBefore?: string;
  readonly playbooks?: string;
  readonly yes?: boolean;
  readonly json: boolean;
}

const usualNotice = '40h';

/**
 * Has ECS announce a simulated event on one instance of the account, follows the run of the functions that are deployed
 * there to its end, and takes the event back whatever happens. Answers the exit code.
 */
export async function rehearseLive(options: LiveRehearsal, screen: Screen): Promise<number> {
  const { instance: instanceId, code = 'SystemMaintenance.Reboot' } = options;
  if (instanceId === undefined)
    throw new BadInput('rehearse --live: found no instance; expected --instance i-…');
  if (!simulatedCodes.includes(code)) {
    throw new BadInput(`--code: ECS simulates no ${code}; ${suggestName(code, simulatedCodes)}`);
  }
  const { world, account, region, access } = await connectToAccount();
  const notBefore = secondsOf(readEnd('--not-before', options.notBefore ?? usualNotice, world.now()));
  const status = code.startsWith('SystemMaintenance.') ? 'Scheduled' : 'Executing';
  const event: SystemEvent = {
    id: 'e-to-be-simulated',
    code,
    status,
    account,
    region,
    instanceId,
    notBefore,
  };
  const configuration = await configurationOn(world, options.playbooks);
  if (!(await mayBegin({ world, configuration, event }, options, screen))) return exits.blocked;
  const events = openSimulatedEvents(access);
  return withEvent({
    begin: () => create(events, world, { code, instanceId, notBefore }),
    work: async (id, stop) => {
      screen.print(`${sayHere(world.now())}  ECS announces ${code} ${id}`);
      const run = runIdOf({ ...event, id }, world.home);
      const followed = await follow(run, { silent: options.json, stop }, screen);
      if (followed === undefined) return exits.interrupted;
      return tell({ event: id, run, ...followed }, options.json, screen);
    },
    back: (id) => takeBack({ events, world, event: { ...event, id } }, screen),
  });
}

/** Shows what would happen, what of it is real, and asks. */
async function mayBegin(
  about: { readonly world: World; readonly configuration: Configuration; readonly event: SystemEvent },
  { yes = false }: LiveRehearsal,
  screen: Screen,
): Promise<boolean> {
  const { world, configuration, event } = about;
  const site = findSite(configuration.settings.spec, event);
  if (site?.role !== undefined || site === undefined) {
    const where = `${event.account}, ${event.region}`;
    throw new BadInput(
      `the settings name no account ${where}, where these keys lead; rehearse with keys of the member's account`,
    );
  }
  const ahead = await preview(world, configuration, event);
  screen.print(planPage(ahead, screen.paint));
  screen.print('');
  if (ahead.verdict !== 'change') {
    screen.print(`no event is simulated: ${ahead.reasons.join('; ')}`);
    return false;
  }
  for (const line of coveragePage(await coverage(about), screen)) screen.print(line);
  if (yes) return true;
  const answer = await askForYes(`Simulate ${event.code} on ${event.instanceId}?`);
  if (answer === 'unasked') throw new BadInput('rehearse --live: nobody is here to be asked; expected --yes');
  return answer === 'yes';
}

async function coverage({
  world,
  configuration,
  event,
}: {
  readonly world: World;
  readonly configuration: Configuration;
  readonly event: SystemEvent;
}): Promise<readonly Covered[]> {
  const instance = await world.cloud.instances.get(event.instanceId);
  const match = matchPlaybook(configuration, event, instance?.tags ?? {}, instance?.localDisks);
  if (instance === undefined || 'none' in match) return [];
  const { steps, ladder } = makePlan(match, event, instance);
  return coverageOf(steps, ladder);
}

function coveragePage(covered: readonly Covered[], { paint }: Screen): readonly string[] {
  const colour = { 'for real': paint.red, 'without effect': paint.dim, not: paint.yellow };
  const words = { 'for real': 'for real', 'without effect': 'no effect', not: 'cannot be rehearsed live' };
  const rows = covered.map(({ step, how, says }) => [`  ${step}`, colour[how](words[how]), says]);
  return [paint.bold('What a simulated event exercises'), table(rows), ''];
}

/** An answer that was lost leaves an event behind, which is looked for: nobody else would take it back. */
async function create(
  events: SimulatedEvents,
  { cloud }: World,
  wanted: { readonly code: string; readonly instanceId: string; readonly notBefore: number },
): Promise<string> {
  try {
    return await events.create(wanted);
  } catch (error) {
    if (!(error instanceof CloudError) || !error.detail.mayHaveWorked) throw error;
    const known = await cloud.events.of(wanted.instanceId);
    const made = known.find(({ code, notBefore }) => code === wanted.code && notBefore === wanted.notBefore);
    if (made === undefined) throw error;
    return made.id;
  }
}

function tell(
  followed: Followed & { readonly event: string; readonly run: string },
  json: boolean,
  screen: Screen,
): number {
  const { run, outcome, sentence, from, to } = followed;
  if (json) process.stdout.write(`${JSON.stringify(followed)}\n`);
  const minutes = Math.round((to - from) / 60_000);
  screen.print('');
  screen.print(
    `${run} ended ${outcome} after ${minutes} min${sentence === undefined ? '' : `: ${sentence}`}`,
  );
  screen.print(screen.paint.dim(`everything it did: ecs-failover runs show ${run}`));
  return outcome === 'done' || outcome === 'withdrawn' ? exits.good : exits.failed;
}

/** ECS takes whole seconds. */
function secondsOf(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

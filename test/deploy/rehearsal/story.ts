import { join } from 'node:path';
import * as z from 'zod';
import { namesOf } from '../../../src/cli/deploy/names';
import type { Generation } from '../../../src/cli/deploy/ports';
import { openDeployment } from '../../../src/cloud/deployment/open';
import { startCloud, type Cloud } from './cloud';
import { runCommand, type Ran } from './command';
import { buildAnew } from './new-code';
import { playOn, playUntil, type PlayedRun } from './play';

const prefix = 'failover';
const instance = 'i-bp1web0000000000002';

/** Something that is not as it should be. */
class Mistake extends Error {}

interface Stage {
  readonly root: string;
  readonly cloud: Cloud;
  readonly tell: (line: string) => void;
  readonly command: (...args: readonly string[]) => Promise<Ran>;
}

/**
 * Installs, brings playbooks, lets an event arrive, upgrades in the middle of the run, sees it end well, and takes
 * everything down.
 *
 * @returns what was not as it should be; undefined when all was
 */
export async function tellStory(
  generation: Generation,
  { root, tell }: Pick<Stage, 'root' | 'tell'>,
): Promise<string | undefined> {
  const cloud = await startCloud(root);
  const { stateBucket } = namesOf(prefix, cloud.facts.account, cloud.facts.region);
  const environment = {
    FAILOVER_ACCOUNT: cloud.facts.account,
    FAILOVER_BUCKET: stateBucket,
    FAILOVER_QUEUE: `${prefix}-runs`,
  };
  const command = async (...args: readonly string[]) => {
    tell(`$ ecs-failover ${args.join(' ')}`);
    return runCommand(root, cloud, args, {
      tell: (line) => tell(`  ${line}`),
      meanwhile: () => playOn(cloud, prefix, { advanceMs: 2000, tell: (run) => tellRun(run, tell) }),
      environment,
    });
  };
  const stage = { root, cloud, tell, command };
  try {
    await install(stage, generation);
    await failOver(stage);
    await takeDown(stage);
    return undefined;
  } catch (error) {
    if (error instanceof Mistake) return error.message;
    throw error;
  } finally {
    await cloud.close();
  }
}

async function install({ command }: Stage, generation: Generation): Promise<void> {
  await well(
    command('deploy', '--generation', generation, '--create-roles', '--yes', '--playbooks', 'playbooks'),
  );
  const { lines } = await well(command('deploy', '--yes', '--no-self-test'));
  expectThat(
    lines.some((line) => line.includes('nothing to change')),
    'the second deploy found something to change',
  );
}

const Announced = z.object({ eventId: z.string() });
const OutOfService = z.object({ spans: z.array(z.object({ to: z.number().nullable() })) });
const State = z.object({
  now: z.number(),
  events: z.array(z.object({ id: z.string(), status: z.string() })),
});

async function failOver(stage: Stage): Promise<void> {
  const { cloud, tell, command, root } = stage;
  const code = 'SystemMaintenance.Reboot';
  const { now } = await cloud.knock('GET', '/state', State);
  const notBefore = now + 40 * 3_600_000;
  const asked = { instanceId: instance, code, notBefore };
  const { eventId } = await cloud.knock('POST', '/events', Announced, asked);
  tell(`ECS announces ${code} of ${instance}: ${eventId}`);

  const isOut = async () =>
    (await cloud.knock('GET', '/out-of-service', OutOfService)).spans.some(({ to }) => to === null);
  expectThat(await playToEnd(stage, isOut), 'the instance was never taken out of its load balancer');
  const code2 = buildAnew(join(root, 'dist', 'functions'), cloud.folder);
  await well(command('upgrade', '--yes', '--code', code2, '--set', 'Memory=1024'));

  expectThat(await playToEnd(stage, async () => (await openRuns(stage)) === 0), 'the run did not end');
  const { events } = await cloud.knock('GET', '/state', State);
  const status = events.find(({ id }) => id === eventId)?.status ?? 'unknown';
  tell(`the event is ${status}`);
  expectThat(['Avoided', 'Executed'].includes(status), `the event is ${status}`);
  const { lines } = await well(command('runs', 'list', '--all'));
  expectThat(
    lines.some((line) => line.includes(instance) && line.includes('done')),
    'the run is not done',
  );
  await well(command('status'));
}

function playToEnd({ cloud, tell }: Stage, isOver: () => Promise<boolean>): Promise<boolean> {
  return playUntil(cloud, prefix, { isOver, tell: (run) => tellRun(run, tell) });
}

const Line = z.object({ kind: z.string(), text: z.string() });

/** What a function says about runs, and whatever went wrong in it. */
function tellRun({ function: name, at, error, result, log }: PlayedRun, tell: (line: string) => void): void {
  const when = new Date(at).toISOString().slice(11, 19);
  if (error !== undefined) tell(`  ${when} ${name}: ${error} ${result.slice(0, 300)}`);
  for (const text of log) {
    const line = Line.safeParse(readJson(text));
    if (line.success && line.data.kind !== 'sweep') tell(`  ${when} ${name}: ${line.data.text}`);
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text.slice(Math.max(0, text.indexOf('{'))));
  } catch {
    return undefined;
  }
}

/** Asked at every moment: the adapter is quicker than the command. */
async function openRuns({ cloud }: Stage): Promise<number> {
  const { endpoint, region, account, accessKeyId, accessKeySecret } = cloud.facts;
  const { stateBucket } = namesOf(prefix, account, region);
  const { world } = await openDeployment({
    ...{ region, endpoint, token: 'rehearsal', now: Date.now, pause: async () => undefined },
    keys: async () => ({ accessKeyId, accessKeySecret }),
  });
  const { openRuns: markers } = world({ bucket: stateBucket, queue: `${prefix}-runs` });
  return (await markers.list()).length;
}

async function takeDown({ command }: Stage): Promise<void> {
  await well(command('destroy', '--yes'));
  expectThat((await command('status')).exit === 1, 'something is still installed');
}

async function well(command: Promise<Ran>): Promise<Ran> {
  const ran = await command;
  expectThat(ran.exit === 0, `it ended with exit code ${ran.exit}`);
  return ran;
}

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Mistake(otherwise);
}

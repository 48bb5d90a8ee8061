import type { FleetInput } from '../../simulator/fleet/schema';
import { advance, type Shift } from '../../src/engine/advance';
import { receive } from '../../src/engine/receive';
import { sweep } from '../../src/engine/sweep';
import type { StepTypes } from '../../src/engine/hop';
import type { World } from '../../src/engine/ports';
import type { Configuration, Playbook, Pool, Settings } from '../../src/playbook/configuration';
import { stepTypes } from '../../src/steps';
import { exampleConfiguration } from './configuration';
import { exampleFleet } from './story-fleet';
import { openSimulatedWorld, type SimulatedWorld } from './simulated-world';
import { keysOfRole, usesOf, withRole } from './story-role';
import { noteUses } from './story-uses';
import { looksOf, type Looks } from './story-looks';

export { nothingLeft } from './story-looks';

export const balancer = 'lb-bp1web0000001';
export const vServerGroup = 'rsp-bp1web8443';
export { exampleFleet, web1, web2, web3 } from './story-fleet';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export interface Story extends SimulatedWorld, Looks {
  readonly configuration: Configuration;
  /** Announces an event; its pushes lie in the outbox until the next tick. */
  readonly announce: (event: Readonly<Record<string, unknown>>) => Promise<string>;
  /** Asks the simulated cloud for a fault. */
  readonly fault: (name: string, more?: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Plays the triggers, minute by minute where something happens, until every run is over or `hours` are. */
  readonly play: (options?: PlayOptions) => Promise<void>;
  /** Delivers these bodies as pushes at the next tick, in this order. */
  readonly push: (...bodies: readonly string[]) => void;
  /** Outcome (or phase) and reason of each run, as last reported. */
  readonly ends: () => readonly { readonly end: string; readonly reason?: string }[];
  /** What a trigger's invocation threw; the platform calls again, as the next tick does. */
  readonly failures: () => readonly string[];
}

export interface PlayOptions {
  readonly hours?: number;
  /** Called after each tick; true ends the play. */
  readonly until?: (story: Story) => boolean | Promise<boolean>;
  readonly pushes?: boolean;
  readonly sweeps?: boolean;
}

/** The example configuration with parts of its one playbook, its one pool and its settings replaced. */
export function changedConfiguration(change: {
  readonly playbook?: Partial<Playbook['spec']>;
  readonly pool?: Partial<Pool['spec']>;
  readonly settings?: Partial<Settings['spec']>;
}): Configuration {
  const { settings, pools, calendars, playbooks } = exampleConfiguration();
  return {
    settings: { ...settings, spec: { ...settings.spec, ...change.settings } },
    pools: pools.map((pool) => ({ ...pool, spec: { ...pool.spec, ...change.pool } })),
    calendars,
    playbooks: playbooks.map((playbook) => ({
      ...playbook,
      spec: { ...playbook.spec, ...change.playbook },
    })),
  };
}

/** Ends a play as soon as somebody has said this. */
export function once(words: string): NonNullable<PlayOptions['until']> {
  return ({ notes }) => notes().some((note) => note.includes(words));
}

/** Ends a play at this time of the cloud's clock. */
export function reached(instant: string): NonNullable<PlayOptions['until']> {
  return ({ world }) => world.now() >= Date.parse(instant);
}

/** What lies at the triggers between two ticks, and what went wrong at them. */
interface Triggers {
  readonly undelivered: string[];
  readonly failures: string[];
  readonly steps: StepTypes;
}

/**
 * The example pool on the example fleet: the real engine and adapters over HTTP against the simulated cloud. They may do
 * what `ecs-failover permissions` grants for the story's playbooks and nothing else; closing a story that asked for more fails.
 */
export async function openStory(
  change: {
    readonly fleet?: FleetInput;
    readonly configuration?: Configuration;
    readonly wrap?: (world: World) => World;
    /** In place of the program's own step types. */
    readonly steps?: StepTypes;
    /** With the keys of the account's user, who may do everything: for what people do in place of functions. */
    readonly asPerson?: boolean;
    /** How long an answer is waited for, in the machine's time. */
    readonly timeoutMs?: number;
  } = {},
): Promise<Story> {
  const { configuration = exampleConfiguration(), steps = stepTypes, timeoutMs } = change;
  const fleet = withRole(change.fleet ?? exampleFleet(), configuration, steps);
  const simulated = await openSimulatedWorld(fleet, { ...(timeoutMs !== undefined && { timeoutMs }) });
  if (change.asPerson !== true) simulated.sign(await keysOfRole(simulated.simulator));
  const world = change.wrap?.(simulated.world) ?? simulated.world;
  const { knock } = simulated.simulator;
  const triggers: Triggers = { undelivered: [], failures: [], steps };
  const story: Story = {
    ...simulated,
    ...looksOf(simulated),
    world,
    configuration,
    announce: async (event) => String((await knock('POST', '/events', event)).eventId),
    fault: async (name, more = {}) => void (await knock('POST', '/faults', { name, ...more })),
    play: (options) => play(story, triggers, options ?? {}),
    push: (...bodies) => void triggers.undelivered.push(...bodies),
    ends: () => endsOf(simulated.logged),
    failures: () => triggers.failures,
    close: async () => {
      const { granted, refused } = await usesOf(simulated.simulator);
      noteUses(granted);
      await simulated.close();
      if (refused.length === 0) return;
      throw new Error(`called, and not granted for the playbooks of this story: ${refused.join(', ')}`);
    },
  };
  return story;
}

async function play(story: Story, triggers: Triggers, options: PlayOptions): Promise<void> {
  const { world, simulator } = story;
  const end = world.now() + (options.hours ?? 72) * hourMs;
  while (world.now() < end) {
    await tick(story, triggers, options);
    if (options.until === undefined ? await isOver(story) : await options.until(story)) return;
    const { at } = await simulator.knock('GET', '/next');
    const isWaiting = await messageWaits(story);
    const next = isWaiting ? world.now() : Math.min(typeof at === 'number' ? at : end, nextSweep(story));
    const boundary = Math.max(Math.ceil(next / minuteMs) * minuteMs, world.now() + minuteMs);
    await story.advance((Math.floor(boundary / minuteMs) * minuteMs - world.now()) / 1000);
  }
}

/** A message that could not be taken, because the queue or the journals were not to be reached, is tried again. */
async function messageWaits({ state }: Story): Promise<boolean> {
  return (await state()).queues.some(({ name, visible }) => name === 'failover-runs' && visible > 0);
}

/** The next fifth minute while something is going on or was just now; while everybody waits, the next full hour. */
function nextSweep({ world, logged }: Story): number {
  const now = world.now();
  const lastMove = logged.findLast(({ kind }) => kind === 'run')?.at ?? 0;
  const stepMs = now - lastMove < 30 * minuteMs ? 5 * minuteMs : hourMs;
  return (Math.floor(now / stepMs) + 1) * stepMs;
}

/** Every run has ended and cleared up, or waits for a person. */
async function isOver(story: Story): Promise<boolean> {
  const ends = story.ends();
  if (ends.length === 0 || ends.some(({ end }) => ['forward', 'climbing', 'undoing'].includes(end)))
    return false;
  if (ends.some(({ end }) => end === 'held')) return true;
  const { open, messages } = await story.leftovers();
  return open.length === 0 && messages === 0;
}

/** What the triggers do in one minute: deliver pushes, sweep on every fifth minute, carry runs on. */
async function tick(
  { world, configuration, simulator }: Story,
  { undelivered, failures, steps }: Triggers,
  { pushes = true, sweeps = true }: PlayOptions,
): Promise<void> {
  const shift: Shift = { steps, until: world.now() + 100_000 };
  const invoke = async (trigger: () => Promise<unknown>) =>
    trigger().then(
      () => true,
      (error: unknown) => (failures.push(String(error)), false),
    );
  const outbox = (await simulator.knock('GET', '/pushes')) as { pushes: { body: string }[] };
  if (pushes) undelivered.push(...outbox.pushes.map(({ body }) => body));
  for (const body of undelivered.splice(0)) {
    const taken = await invoke(() => receive(world, shift, configuration, Buffer.from(body)));
    if (!taken) undelivered.push(body);
  }
  if (sweeps && (world.now() / minuteMs) % 5 === 0) await invoke(() => sweep(world, shift, configuration));
  await invoke(() => advance(world, shift));
}

function endsOf(logged: SimulatedWorld['logged']): ReturnType<Story['ends']> {
  const last = new Map<string, { end: string; reason?: string }>();
  for (const { kind, run, data } of logged) {
    if (kind !== 'run' || run === undefined) continue;
    const { phase, outcome, reason } = data as { phase: string; outcome?: string; reason?: { code: string } };
    last.set(run, { end: outcome ?? phase, ...(reason && { reason: reason.code }) });
  }
  return [...last.values()];
}

import { machine } from '../../connect';
import type { State } from '../front-door';
import { nextStop } from './clock';
import type { Timer } from './local-runner';
import type { Stage } from './stage';
import { createStory, type Played, type Story } from './story';

const minuteMs = 60_000;
/** After so long without anything new a sweep comes only so often. */
const quiet = { afterMs: 20 * minuteMs, everyMs: 120 * minuteMs };
/** So long nothing is played when nothing is due. */
const breathMs = 250;

/**
 * Plays the triggers and moves the clock until every run has ended or holds, or nothing is due within the
 * horizon. The sweep that follows the last happening is always played.
 */
export async function play(stage: Stage): Promise<Played> {
  const { clock, happenings } = stage;
  const performance = createPerformance(stage);
  const { story } = performance;
  const horizon = Math.max(clock.now, ...happenings.map(({ at }) => at)) + stage.horizonMs;
  for (;;) {
    await performance.turn();
    if (await story.isTold()) return letPlannedTimePass(stage, story);
    const next = await performance.next(horizon);
    if (next === undefined) return story.played();
    await performance.moveTo(next);
  }
}

/**
 * Plays the triggers while the cloud's clock runs `speed` times as fast as ours, until the program is ended. What
 * happens, happens at its own instant of the cloud's clock, even when this machine is late.
 */
export async function playOn(stage: Stage, speed: number): Promise<never> {
  const performance = createPerformance(stage);
  const from = { cloud: stage.clock.now, machine: machine.now() };
  for (;;) {
    await performance.turn();
    const reached = Math.floor(from.cloud + (machine.now() - from.machine) * speed);
    const next = await performance.next(reached);
    await performance.moveTo(next ?? Math.max(reached, stage.clock.now));
    if (next === undefined) await machine.pause(breathMs);
  }
}

interface Performance {
  readonly story: Story;
  /** Plays everything that is due now. */
  turn(): Promise<void>;
  /** When something is due next, up to the horizon. */
  next(horizon: number): Promise<number | undefined>;
  moveTo(at: number): Promise<void>;
}

function createPerformance(stage: Stage): Performance {
  const { cloud, runner, clock, happenings, tell, queue } = stage;
  const story = createStory(stage);
  const ticks = new Map<Timer, number>(runner.timers.map((timer) => [timer, timer.after(clock.now)]));
  return {
    story,
    async turn() {
      await story.happen();
      await story.deliver();
      for (const [timer, at] of ticks) {
        if (at > clock.now) continue;
        const sleeps = onlyForMessages(timer) ? clock.now : sweptUntil(clock.now, story.newsAt());
        ticks.set(timer, timer.after(sleeps));
        if (onlyForMessages(timer) && !messageWaits(await cloud.door.state(), queue)) continue;
        await runner.tick(timer);
        if (!onlyForMessages(timer)) story.swept();
        await story.listen();
      }
      // Whatever has happened is swept as soon as it would be.
      if (story.newsAt() === clock.now) {
        for (const [timer, at] of ticks) ticks.set(timer, Math.min(at, timer.after(clock.now)));
      }
      tell.moved(clock.now);
    },
    next: async (horizon) =>
      nextStop({
        now: clock.now,
        horizon,
        cloudNext: await cloud.door.next(),
        happenings: happenings.map(({ at }) => at),
        messageWaits: messageWaits(await cloud.door.state(), queue),
        timers: [...ticks].map(([timer, at]) => ({ at, onlyForMessages: onlyForMessages(timer) })),
      }),
    async moveTo(at) {
      await cloud.door.moveClock(at);
      clock.now = at;
    },
  };
}

/**
 * When every run ended well the clock goes on to the provider's own time: nothing may be left for it to do.
 */
async function letPlannedTimePass(
  { cloud, runner, clock, happenings, tell }: Stage,
  story: Story,
): Promise<Played> {
  const planned = Math.max(...happenings.map(({ event }) => event?.notBefore ?? 0));
  const { runs } = await story.played();
  const allWell = runs.every(
    ({ phase }) => phase.kind === 'ended' && /^(done|withdrawn)$/.test(phase.outcome),
  );
  if (runs.length === 0 || !allWell || planned <= clock.now) return story.played();
  clock.now = planned + minuteMs;
  await cloud.door.moveClock(clock.now);
  tell.passed(planned);
  await story.deliver();
  for (const timer of runner.timers) await runner.tick(timer);
  await story.listen();
  return story.played();
}

/** While every run sleeps, a sweep finds what the one before it did: most of them are left out. */
function sweptUntil(now: number, newsAt: number): number {
  return now - newsAt < quiet.afterMs ? now : now + quiet.everyMs;
}

/** The function named advance does nothing but empty the queue: without messages its ticks change nothing. */
function onlyForMessages({ played }: Timer): boolean {
  return played.file.includes('/advance/');
}

function messageWaits({ queues }: State, queue: string): boolean {
  return (queues.find(({ name }) => name === queue)?.visible ?? 0) > 0;
}

import type { State } from '../front-door';
import { nextStop } from './clock';
import type { Timer } from './local-runner';
import type { Stage } from './stage';
import { createStory, type Played, type Story } from './story';

const minuteMs = 60_000;

/**
 * Plays the triggers and moves the clock until every run has ended or holds, or nothing is due within the
 * horizon. The sweep that follows the last happening is always played.
 */
export async function play(stage: Stage): Promise<Played> {
  const { cloud, runner, clock, happenings, tell, queue } = stage;
  const story = createStory(stage);
  const ticks = new Map<Timer, number>(runner.timers.map((timer) => [timer, timer.after(clock.now)]));
  const horizon = Math.max(clock.now, ...happenings.map(({ at }) => at)) + stage.horizonMs;
  for (;;) {
    await story.happen();
    await story.deliver();
    for (const [timer, at] of ticks) {
      if (at > clock.now) continue;
      ticks.set(timer, timer.after(clock.now));
      if (onlyForMessages(timer) && !messageWaits(await cloud.door.state(), queue)) continue;
      await runner.tick(timer);
      if (!onlyForMessages(timer)) story.swept();
      await story.listen();
    }
    tell.moved(clock.now);
    if (await story.isTold()) return letPlannedTimePass(stage, story);
    const next = nextStop({
      now: clock.now,
      horizon,
      cloudNext: await cloud.door.next(),
      happenings: happenings.map(({ at }) => at),
      messageWaits: messageWaits(await cloud.door.state(), queue),
      timers: [...ticks].map(([timer, at]) => ({ at, onlyForMessages: onlyForMessages(timer) })),
    });
    if (next === undefined) return story.played();
    await cloud.door.moveClock(next);
    clock.now = next;
  }
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

/** The function named advance does nothing but empty the queue: without messages its ticks change nothing. */
function onlyForMessages({ played }: Timer): boolean {
  return played.file.includes('/advance/');
}

function messageWaits({ queues }: State, queue: string): boolean {
  return (queues.find(({ name }) => name === queue)?.visible ?? 0) > 0;
}

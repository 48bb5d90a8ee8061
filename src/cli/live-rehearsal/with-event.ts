import type { SimulatedEvents } from '../../cloud/simulated-events';
import { CloudError, type World } from '../../engine/ports';
import { isOver, type SystemEvent } from '../../event/system-event';
import { exits } from '../exits';
import type { Screen } from '../screen';

/** What is done with a simulated event. */
interface Affair<E> {
  readonly begin: () => Promise<E>;
  /** Answers the exit code; ends early once the signal is given. */
  readonly work: (event: E, stop: AbortSignal) => Promise<number>;
  /** Answers whether the event is gone. */
  readonly back: (event: E) => Promise<boolean>;
}

/** Takes an event back that was begun: when the work is over, when it fails, and on Ctrl-C. Answers the exit code. */
export async function withEvent<E>({ begin, work, back }: Affair<E>): Promise<number> {
  const stop = new AbortController();
  const leave = () => {
    process.stderr.write('\nstops; the simulated event is taken back\n');
    stop.abort();
  };
  process.on('SIGINT', leave).on('SIGTERM', leave);
  try {
    const event = await begin();
    let isBack = false;
    let code: number = exits.failed;
    try {
      if (!stop.signal.aborted) code = await work(event, stop.signal);
    } finally {
      isBack = await back(event);
    }
    if (!isBack) return exits.failed;
    return stop.signal.aborted ? exits.interrupted : code;
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
  }
}

interface Standing {
  readonly events: SimulatedEvents;
  readonly world: World;
  readonly event: SystemEvent;
}

const tries = 3;

/** Cancels the event unless it is over by itself; says how to do it by hand where that fails. Answers whether it is gone. */
export async function takeBack({ events, world, event }: Standing, screen: Screen): Promise<boolean> {
  screen.status([]);
  for (let count = 1; ; count += 1) {
    try {
      const known = await world.cloud.events.get(event);
      if (known !== undefined && isOver(known.status)) return true;
      await events.cancel(event.id);
      screen.print(
        `the simulated event ${event.id} is taken back; a run that has not answered it puts everything back`,
      );
      return true;
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (count < tries) continue;
      screen.print(screen.paint.red(`the simulated event ${event.id} still stands: ${error.message}`));
      screen.print(
        `aliyun ecs CancelSimulatedSystemEvents --RegionId ${event.region} --EventId.1 ${event.id}`,
      );
      return false;
    }
  }
}

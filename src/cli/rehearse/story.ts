import type { LogEntry } from '../../engine/ports';
import { readTail, runIn } from '../../engine/run-journal';
import type { Run } from '../../run/run';
import { bringAbout } from '../announcements';
import type { Write } from '../front-door';
import type { Stage } from './stage';

export interface Played {
  readonly runs: readonly Run[];
  /** Ids of the events that ECS announced. */
  readonly announced: readonly string[];
  /** By event id: why no run answers it. */
  readonly leftAlone: ReadonlyMap<string, string>;
  readonly writes: readonly Write[];
}

/** The story as far as it has been told. */
export interface Story {
  /** Lets everything happen that is due now. */
  happen(): Promise<void>;
  /** Delivers what ECS has pushed meanwhile. */
  deliver(): Promise<void>;
  /** Takes what the program logged and what was written. */
  listen(): Promise<void>;
  swept(): void;
  /** When anything new was last told. */
  newsAt(): number;
  /** True when everything has happened, was swept once, and every run has ended or holds. */
  isTold(): Promise<boolean>;
  played(): Promise<Played>;
}

/** The clock jumps to the planned time at the end: that no sweep ran meanwhile is the story's doing. */
function isJump({ data }: LogEntry): boolean {
  return data?.['gapMinutes'] !== undefined;
}

/** Begins a story on a stage on which nothing has happened yet. */
export function createStory({ cloud, runner, world, clock, happenings, takeLog, tell }: Stage): Story {
  const announced = new Set<string>();
  const leftAlone = new Map<string, string>();
  const runs = new Map<string, Run>();
  const stirred = new Set<string>();
  const writes: Write[] = [];
  const toHappen = [...happenings];
  let sweeps = 0;
  let newsAt = clock.now;

  const listen = async () => {
    const entries = takeLog().filter((entry) => !isJump(entry));
    for (const { run, data, text } of entries) {
      const event = data?.['event'];
      if (run !== undefined) stirred.add(run);
      else if (typeof event === 'string') leftAlone.set(event, text);
    }
    const fresh = await cloud.door.writes(writes.length);
    writes.push(...fresh);
    if (tell.told(entries, fresh)) newsAt = clock.now;
  };

  /** Every run as its journal has it. */
  const lookAtRuns = async () => {
    for (const id of stirred) {
      const run = runIn(await readTail(world.journals, id, 0));
      if (run !== undefined) runs.set(id, run);
    }
    stirred.clear();
    return [...runs.values()];
  };

  return {
    listen,
    async happen() {
      while (toHappen[0] !== undefined && toHappen[0].at <= clock.now) {
        const [happening] = toHappen.splice(0, 1);
        if (happening === undefined) return;
        const id = await bringAbout(cloud.door, happening);
        if (id !== undefined) announced.add(id);
        tell.happening(clock.now, happening, id);
        sweeps = 0;
        if (happening.payload === undefined) continue;
        await runner.deliver({ at: clock.now, channel: 'eventbridge', body: happening.payload });
        await listen();
      }
    },
    async deliver() {
      for (const push of await cloud.door.pushes()) {
        await runner.deliver(push);
        await listen();
      }
    },
    swept: () => void (sweeps += 1),
    newsAt: () => newsAt,
    isTold: async () => {
      const over = (await lookAtRuns()).every(({ phase }) => phase.kind === 'ended' || phase.kind === 'held');
      return over && toHappen.length === 0 && sweeps > 0;
    },
    played: async () => ({ runs: await lookAtRuns(), announced: [...announced], leftAlone, writes }),
  };
}

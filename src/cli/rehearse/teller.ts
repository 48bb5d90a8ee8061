import { sayInstant } from '../../playbook/zone-time';
import type { Screen } from '../screen';
import type { Happening } from '../announcements';
import type { Teller } from './stage';
import { shortId, type createTimeline } from './timeline';

/** A stretch of the cloud's time in which nothing new is told says so itself. */
const silenceMs = 3 * 3_600_000;

/** Tells a story on a screen, line by line. */
export function tellerOn(screen: Screen, timeline: ReturnType<typeof createTimeline>, zone: string): Teller {
  let toldAt: number | undefined;
  return {
    happening: (at, happening, id) => {
      toldAt = at;
      const { instanceId } = happening.event ?? happening.deed ?? {};
      const who = instanceId === undefined ? '' : shortId(instanceId);
      screen.print(timeline.line(at, who, screen.paint.bold(sayHappening(happening, id, zone))));
    },
    told: (entries, writes) => {
      const lines = timeline.told(entries, writes);
      for (const line of lines) screen.print(line);
      if (lines.length > 0) toldAt = Math.max(toldAt ?? 0, entries.at(-1)?.at ?? 0);
      return lines.length > 0;
    },
    passed: (planned) => {
      const text = "the provider's planned time passes; nothing is left for it to do";
      screen.print(timeline.line(planned, 'everything', screen.paint.bold(text)));
    },
    moved: (now) => {
      toldAt ??= now;
      if (now - toldAt >= silenceMs) {
        screen.print(screen.paint.dim(timeline.line(now, 'everything', '… nothing new')));
        toldAt = now;
      }
      screen.status(timeline.status(now));
    },
  };
}

function sayHappening({ event, deed }: Happening, id = '', zone: string): string {
  if (event !== undefined) {
    const planned = event.notBefore === undefined ? '' : `, planned for ${sayInstant(event.notBefore, zone)}`;
    return `ECS announces  ${event.code} (${event.status}) ${id}${planned}`;
  }
  switch (deed?.kind) {
    case undefined:
      return 'a payload arrives that cannot be read';
    case 'damage':
      return `a local disk breaks, and ECS announces  ErrorDetected (Executing) ${id} of ${deed.diskId}`;
    case 'reclaim':
      return 'ECS announces  that it takes the spot instance back';
    case 'release':
      return 'ECS has released the spot instance';
    default:
      return deed satisfies never;
  }
}

import { sayInstant } from '../../playbook/zone-time';
import type { Screen } from '../screen';
import type { Teller } from './stage';
import { shortId, type createTimeline } from './timeline';

/** A stretch of the cloud's time in which nothing new is told says so itself. */
const silenceMs = 3 * 3_600_000;

/** Tells a story on a screen, line by line. */
export function tellerOn(screen: Screen, timeline: ReturnType<typeof createTimeline>, zone: string): Teller {
  let toldAt: number | undefined;
  return {
    happening: (at, { event }, id) => {
      toldAt = at;
      const planned =
        event?.notBefore === undefined ? '' : `, planned for ${sayInstant(event.notBefore, zone)}`;
      const text =
        event === undefined
          ? 'a payload arrives that cannot be read'
          : `ECS announces  ${event.code} (${event.status}) ${id ?? ''}${planned}`;
      screen.print(
        timeline.line(at, event === undefined ? '' : shortId(event.instanceId), screen.paint.bold(text)),
      );
    },
    told: (entries, writes) => {
      const lines = timeline.told(entries, writes);
      for (const line of lines) screen.print(line);
      if (lines.length > 0) toldAt = Math.max(toldAt ?? 0, entries.at(-1)?.at ?? 0);
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

import * as z from 'zod';
import { eventStatuses, type SystemEvent } from '../../event/system-event';
import { factsOf, type Scene } from '../define-step';

/** What a step that found another event left behind. */
const Found = z.object({
  event: z.looseObject({
    id: z.string(),
    code: z.string(),
    status: z.enum(eventStatuses),
    account: z.string(),
    region: z.string(),
    instanceId: z.string(),
  }),
});

/**
 * The event that a step works on: the run's own, or with `about` the later one that the step of that id has found.
 * Undefined where that step found that none was needed.
 */
export function subjectOf(scene: Scene, about: string | undefined): SystemEvent | undefined {
  if (about === undefined) return scene.event;
  const found = Found.safeParse(factsOf(scene, about));
  return found.success ? found.data.event : undefined;
}

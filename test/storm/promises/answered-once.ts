import { eventStatusAt } from '../../../simulator/ecs/event-history';
import { answers, type Promised } from '../story';

/**
 * At most one effective answer per event and attempt, whatever crashes, repeats or times out after having worked.
 * Accepting an event that stays Inquiring had no effect, and leaves no trace by which anybody could tell.
 */
export const answeredOnce: Promised = {
  name: 'answered once',
  sentence: 'at most one effective answer to an event and attempt',
  watch: ({ cloud }) => {
    const made = new Map<string, string>();
    return {
      act: ({ at, action, run, step, worker, params }) => {
        if (!answers.includes(action)) return undefined;
        if (run === undefined) return `${action} by ${worker}, which has claimed nothing`;
        const accepted = cloud.events.get(params['EventId'] ?? '');
        if (accepted !== undefined && eventStatusAt(accepted, at) === 'Inquiring') return undefined;
        const attempt = `${run.id}/${step}/${run.state.round ?? 1}`;
        const earlier = made.get(attempt);
        made.set(attempt, action);
        return earlier && `${action} for ${attempt} after ${earlier}`;
      },
    };
  },
};

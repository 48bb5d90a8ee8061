import type { Promised } from '../story';

/**
 * Send before delete: every open run has a message, once one of its own was sent. A run whose intake is still
 * taking its first moves, or died while it did, has none: the sweep sends it one. So it does when a fault took one.
 */
export const messageKept: Promised = {
  name: 'message kept',
  sentence: 'every open run has a message in the queue',
  watch: ({ runs, queue }) => ({
    step: () => {
      for (const { id, state, parked, by } of runs.values()) {
        if (parked || state.phase.kind === 'ended' || queue.hasMessageOf(id)) continue;
        const ownSent = queue.everSent(id) && !by.startsWith('intake of ');
        if (ownSent && !queue.lostOnes.has(id)) return `${id} has no message any more`;
      }
      return undefined;
    },
  }),
};

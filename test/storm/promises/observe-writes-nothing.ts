import type { Promised } from '../story';

/** Observe mode makes no write call at all, not even to our own bucket and queue. */
export const observeWritesNothing: Promised = {
  name: 'observe writes nothing',
  sentence: 'observe mode makes no write call',
  watch: ({ configuration }) => {
    if (configuration.settings.spec.mode !== 'observe') return {};
    return {
      act: ({ action }) => `${action} in observe mode`,
      line: ({ journal }) => `a line in ${journal} in observe mode`,
      sent: () => 'a message in observe mode',
    };
  },
};

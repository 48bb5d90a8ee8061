import { defineStep } from '../define-step';
import { addLine, readLedger, type Ledger } from './pool-ledger';
import { entryOf, isCurrent, LineParameters } from './parameters';
import { providerWentFirst } from '../waiting/window-verdict';

/**
 * Takes the run's place in the line of its pool, long before its window opens: who goes first is decided between all
 * that wait, not between those that happen to ask at the same moment.
 */
export const joinLine = defineStep<LineParameters, Ledger, Ledger>({
  type: 'join-line',
  permissions: [],
  parameters: LineParameters,
  look: ({ pool }, { journals }) => readLedger(journals, pool),
  judge: ({ line }, parameters, scene) => {
    const known = line.find(({ run }) => run === scene.runId);
    if (providerWentFirst(scene) || isCurrent(known, entryOf(parameters, scene))) {
      return { kind: 'done', note: `in the line of ${parameters.pool}` };
    }
    return { kind: 'needed', note: `joins the line of ${parameters.pool}, ${line.length} before it` };
  },
  act: async (parameters, { journals }, scene, ledger) => {
    await addLine(journals, parameters.pool, ledger, entryOf(parameters, scene));
    return {};
  },
  undo: {
    look: ({ pool }, { journals }) => readLedger(journals, pool),
    judge: ({ line }, { pool }, { runId }) =>
      line.some(({ run }) => run === runId)
        ? { kind: 'needed', note: `leaves the line of ${pool}` }
        : { kind: 'done', note: `not in the line of ${pool}` },
    act: async ({ pool }, { journals }, { runId, now }, ledger) => {
      await addLine(journals, pool, ledger, { kind: 'left', run: runId, at: now });
      return {};
    },
  },
});

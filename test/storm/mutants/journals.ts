import { hiding, rewriting, withJournals, worldMutant } from './wrap';
import type { Mutant } from '../parts';

/** Safety devices in and around the journals. */
export const journalMutants: readonly Mutant[] = [
  worldMutant('stale check', 'a hop does not see that the run has moved on', (world) =>
    hiding(world, ({ kind }, position) => kind === 'revision' && position > 0),
  ),
  worldMutant('claim', 'acts are not claimed: the line is never written', (world) =>
    withJournals(world, (journals) => ({
      append: (name, position, line) =>
        line.startsWith('{"kind":"claimed"')
          ? Promise.resolve({ kind: 'appended', position })
          : journals.append(name, position, line),
    })),
  ),
  worldMutant('lease', 'a claim protects nobody: its lease is over at once', (world) =>
    rewriting(world, (line) => (line.kind === 'claimed' ? { ...line, until: line['at'] } : undefined)),
  ),
  worldMutant('facts in the claim', 'what undoing will need is not durable before the act', (world) =>
    rewriting(world, (line) => (line.kind === 'claimed' ? { ...line, facts: {} } : undefined)),
  ),
  worldMutant('compare and append', 'a line goes to the end of a journal wherever that is', (world) =>
    withJournals(world, (journals) => ({
      append: async (name, position, line) => {
        const appended = await journals.append(name, position, line);
        return appended.kind === 'appended'
          ? appended
          : journals.append(name, (await journals.read(name, 0)).position, line);
      },
    })),
  ),
  worldMutant('begin once', 'a journal that exists is begun once more', (world) =>
    withJournals(world, (journals) => ({
      append: async (name, position, line) => {
        const appended = await journals.append(name, position, line);
        if (position > 0 || appended.kind === 'appended' || !name.startsWith('runs/')) return appended;
        return journals.append(name, (await journals.read(name, 0)).position, line);
      },
    })),
  ),
  worldMutant('signals', 'a run does not hear what changed about its event', (world) =>
    hiding(world, ({ kind }) => kind === 'signal'),
  ),
];

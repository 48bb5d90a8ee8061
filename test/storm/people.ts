import type { SaidWord } from '../../src/engine/tell';
import type { Chance } from './chance';
import type { Happening } from './happenings';
import { people } from './playbooks';
import type { RunView } from './story';

const minuteMs = 60_000;
const words = [
  'approve',
  'approve',
  'reject',
  'pause',
  'cancel',
  'retry',
  'skip',
  'freeze',
  'freeze',
] as const;

/** What people say to runs: words that help, words that do not, and words that come too late. */
export function drawWords(chance: Chance, busy: () => number): readonly Happening[] {
  const silent = chance.happens(0.55);
  if (silent) return [];
  return Array.from({ length: chance.between(1, 4) }, () => drawWord(chance, busy())).flat();
}

function drawWord(chance: Chance, at: number): readonly Happening[] {
  const kind = chance.pick(words);
  const choice = chance.fraction();
  const by = chance.pick([...people, ...people, 'stranger']);
  const mistaken = chance.happens(0.1);
  const flags = { hard: chance.happens(0.3), now: chance.happens(0.2) };
  const first = saying(at, kind, by, choice, (run) => {
    const said = { by, why: 'as agreed' };
    switch (kind) {
      case 'approve':
      case 'reject':
        return { kind, digest: mistaken ? 'another-plan' : run.plan.digest, ...said };
      case 'skip':
        return { kind, step: stepOf(run, mistaken), ...said };
      case 'freeze':
        return { kind, ...flags, ...said };
      case 'pause':
      case 'cancel':
      case 'retry':
        return { kind, ...said };
      default:
        return kind satisfies never;
    }
  });
  const lifted = { pause: 'resume', freeze: 'unfreeze' }[kind as string] as 'resume' | 'unfreeze' | undefined;
  if (lifted === undefined || chance.happens(0.2)) return [first];
  const later = at + chance.between(1, 60) * minuteMs;
  return [first, saying(later, lifted, by, choice, () => ({ kind: lifted, by, why: 'all is well' }))];
}

function saying(
  at: number,
  name: SaidWord['kind'],
  by: string,
  choice: number,
  wordFor: (run: RunView) => SaidWord,
): Happening {
  return {
    at,
    kind: 'person',
    name,
    about: by,
    happen: ({ runs, say }) => {
      const open = [...runs.values()].filter(({ state }) => state.phase.kind !== 'ended');
      const run = open[Math.floor(choice * open.length)];
      if (run === undefined) return false;
      say(run.id, wordFor(run));
      return true;
    },
  };
}

function stepOf({ plan, state }: RunView, mistaken: boolean): string {
  return mistaken ? 'no-such-step' : (plan.steps[state.step]?.id ?? 'no-such-step');
}

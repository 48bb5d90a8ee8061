import type { Journals, World } from '../../../src/engine/ports';
import type { AnyMove, AnyStep } from '../../../src/steps/define-step';
import type { Mutant, Parts } from '../parts';

type Line = Readonly<Record<string, unknown>> & { readonly kind: string };

/** A mutant that changes the world that every invocation gets. */
export function worldMutant(name: string, sentence: string, change: (world: World) => World): Mutant {
  return {
    name,
    sentence,
    apply: (parts) => ({ ...parts, world: (world) => change(parts.world(world)) }),
  };
}

/** A mutant that changes one step type. */
export function stepMutant(
  name: string,
  sentence: string,
  type: string,
  change: (step: AnyStep) => AnyStep,
): Mutant {
  return { name, sentence, apply: (parts) => withStep(parts, type, change) };
}

/** A mutant in which a step's goal counts as reached whatever is seen. */
export function alwaysDone(name: string, sentence: string, type: string): Mutant {
  return stepMutant(name, sentence, type, (step) => ({
    ...step,
    forward: { ...step.forward, judge: () => ({ kind: 'done' }) },
  }));
}

function withStep(parts: Parts, type: string, change: (step: AnyStep) => AnyStep): Parts {
  const step = parts.steps.get(type);
  if (step === undefined)
    throw new Error(`no step type ${type}; known: ${[...parts.steps.keys()].join(', ')}`);
  return { ...parts, steps: new Map([...parts.steps, [type, change(step)]]) };
}

export function withForward(step: AnyStep, change: Partial<AnyMove>): AnyStep {
  return { ...step, forward: { ...step.forward, ...change } };
}

export function withJournals(world: World, change: (journals: Journals) => Partial<Journals>): World {
  return { ...world, journals: { ...world.journals, ...change(world.journals) } };
}

/** Changes what is written into runs' journals; undefined when a line is to be written as it is. */
export function rewriting(world: World, change: (line: Line) => Line | undefined): World {
  return withJournals(world, (journals) => ({
    append: (name, position, text) => {
      const changed = name.startsWith('runs/') ? change(JSON.parse(text) as Line) : undefined;
      return journals.append(name, position, changed === undefined ? text : JSON.stringify(changed));
    },
  }));
}

/** Hides lines of runs' journals from whoever reads behind a position. */
export function hiding(world: World, hidden: (line: Line, position: number) => boolean): World {
  return withJournals(world, (journals) => ({
    read: async (name, position) => {
      const tail = await journals.read(name, position);
      if (!name.startsWith('runs/')) return tail;
      return { ...tail, lines: tail.lines.filter((text) => !hidden(JSON.parse(text) as Line, position)) };
    },
  }));
}

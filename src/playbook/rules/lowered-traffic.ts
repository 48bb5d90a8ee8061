import type * as z from 'zod';
import { partOf, stepsOf, type Draft, type Rule, type RuleFinding, type StepOutline } from '../draft';
import { Timing } from '../configuration';
import { DrainTraffic } from '../with/drain-traffic';

type With = z.output<typeof DrainTraffic>;
type Drain = StepOutline & { readonly with: With };

/** A drain takes everything and says when the instance is quiet, or it leaves a share and says which. */
export const drainsSayHowFar: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => drainsOf(draft).flatMap((drain) => halves(draft, drain)));

/** Weights are lowered once, and an event is not answered on what is left of them. */
export const loweredIsNotOut: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const drains = drainsOf(draft);
    const lowered = drains.filter((drain) => drain.with.how === 'lower');
    const again = lowered.slice(1).map(({ id, path }): RuleFinding => ({
      draft,
      path: [...path, 'with', 'how'],
      at: 'value',
      message: `the step ${id ?? ''} lowers weights that the step ${lowered[0]?.id ?? ''} has lowered`,
      suggestion: 'leave one of the two out',
    }));
    const answer = stepsOf(draft).find(({ use }) => use === 'answer-event');
    if (answer === undefined || lowered.length === 0 || drains.length > lowered.length) return again;
    const message = `the step ${answer.id ?? ''} answers the event while ${lowered[0]?.id ?? ''} leaves the instance its traffic`;
    const suggestion = 'drain with how: weightZero, or leave the answer to the provider';
    return [...again, { draft, path: [...answer.path, 'use'], at: 'value', message, suggestion }];
  });

/** What is lowered ahead of the work is taken away by the work: by a drain, which knows one share only. */
export const softDrainsAreDrained: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft): readonly RuleFinding[] => {
    const path = ['spec', 'timing', 'softDrain'];
    const isSoft = partOf(draft, path, Timing.shape.softDrain) !== undefined;
    const steps = stepsOf(draft).filter(({ use }) => use === 'drain-traffic');
    const drains = drainsOf(draft);
    const guessing = steps.length > drains.length || stepsOf(draft).some(({ isKnown }) => !isKnown);
    const lower = drains.find((drain) => drain.with.how === 'lower');
    if (!isSoft || guessing || (drains.length > 0 && lower === undefined)) return [];
    const message =
      lower === undefined
        ? 'weights are lowered ahead of the work, and no step drains the rest'
        : `the step ${lower.id ?? ''} lowers the weights that softDrain has lowered`;
    const suggestion =
      lower === undefined ? 'add a drain-traffic step, or leave softDrain out' : 'leave one of the two out';
    return [{ draft, path, at: 'key', message, suggestion }];
  });

function halves(draft: Draft, drain: Drain): readonly RuleFinding[] {
  const { how, weight, quiet } = drain.with;
  const path = [...drain.path, 'with'];
  const missing = (key: string, suggestion: string): RuleFinding => ({
    draft,
    path: [...path, key],
    at: 'key',
    message: `missing key ${key}`,
    suggestion,
  });
  if (how === 'lower') {
    return weight === undefined
      ? [missing('weight', 'add weight: the share that is left, such as "10%"')]
      : [];
  }
  const unused: RuleFinding = {
    draft,
    path: [...path, 'weight'],
    at: 'value',
    message: `how: ${how} takes all of the weight`,
    suggestion: 'write how: lower, or leave weight out',
  };
  const wait = 'add quiet: {activeConnectionsBelow: 5, for: 60s}; only how: lower waits for nothing';
  return [
    ...(weight === undefined ? [] : [unused]),
    ...(quiet === undefined ? [missing('quiet', wait)] : []),
  ];
}

function drainsOf(draft: Draft): readonly Drain[] {
  return stepsOf(draft)
    .filter(({ use }) => use === 'drain-traffic')
    .flatMap((step) => {
      const parameters = partOf(draft, [...step.path, 'with'], DrainTraffic);
      return parameters === undefined ? [] : [{ ...step, with: parameters }];
    });
}

import { eventKind } from '../../event/kinds';
import {
  partOf,
  stepsOf,
  textsOf,
  type Draft,
  type Rule,
  type RuleFinding,
  type StepOutline,
} from '../draft';
import { RestoreTraffic } from '../with/restore-traffic';

/**
 * What is drained is restored, after the commit point and not before it. An instance that its event releases, such
 * as a spot instance that is reclaimed, has nothing to come back for.
 */
export const trafficComesBack: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) => {
    const steps = stepsOf(draft);
    const drains = steps.filter(({ use }) => use === 'drain-traffic');
    const restores = steps.filter(({ use }) => use === 'restore-traffic');
    const commit = steps.findIndex((step) => step.commit);
    const guessing = steps.some(({ isKnown }) => !isKnown);
    const forgotten =
      guessing || releases(draft)
        ? []
        : drains.filter((drain) => !restores.some(({ index }) => index > drain.index));
    const early = restores.filter(({ index }) => commit >= 0 && index <= commit);
    const idle = guessing
      ? []
      : restores.filter((restore) => !drains.some(({ index }) => index < restore.index));
    return [
      ...forgotten.map((step) =>
        at(
          draft,
          step,
          'drains the traffic, and no later step brings it back',
          'add a restore-traffic step at the end',
        ),
      ),
      ...early.map((step) =>
        at(
          draft,
          step,
          'brings the traffic back before the commit point',
          'move it behind the step with commit: true',
        ),
      ),
      ...idle.map((step) =>
        at(
          draft,
          step,
          'brings back traffic that no earlier step drained',
          'add a drain-traffic step before it, or leave it out',
        ),
      ),
    ];
  });

/** A ramp climbs, and ends with all of the weight that was there. */
export const rampsReachTheTop: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) =>
    stepsOf(draft)
      .filter(({ use }) => use === 'restore-traffic')
      .flatMap((step) => {
        const path = [...step.path, 'with', 'ramp'];
        const ramp = partOf(draft, path, RestoreTraffic.shape.ramp) ?? [];
        const falls = ramp.findIndex(
          ({ weight }, index) => index > 0 && weight <= (ramp[index - 1]?.weight ?? 0),
        );
        const findings: RuleFinding[] = [];
        if (falls > 0) {
          const message = 'the weights of a ramp must rise';
          const suggestion = `write more than ${ramp[falls - 1]?.weight ?? 0}% here, or leave the entry out`;
          findings.push({ draft, path: [...path, falls, 'weight'], at: 'value', message, suggestion });
        }
        if (ramp.length > 0 && ramp.at(-1)?.weight !== 100) {
          const message = 'the ramp ends before the full weight is back';
          findings.push({ draft, path, at: 'key', message, suggestion: 'end it with {weight: "100%"}' });
        }
        return findings;
      }),
  );

/** True when every event of the playbook takes the instance away with everything on it. */
function releases(draft: Draft): boolean {
  const events = textsOf(draft, ['spec', 'match', 'events']);
  return events.length > 0 && events.every(({ text }) => eventKind(text)?.losesLocalData === true);
}

function at(draft: Draft, { id, path }: StepOutline, what: string, suggestion: string): RuleFinding {
  return { draft, path: [...path, 'use'], at: 'value', message: `the step ${id ?? ''} ${what}`, suggestion };
}

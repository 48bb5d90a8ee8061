import { CloudError } from '../../engine/ports';
import { areas, type Finding, type Kind } from './finding';
import type { Check } from './define-check';
import type { Patient } from './patient';

/** So many checks look at once. */
const sideBySide = 4;

/** Not knowing is not being healthy. */
export const couldNotLook: Kind = {
  severity: 'error',
  what: 'a check was refused, or got no answer, so that it knows nothing',
  why: 'What could not be looked at may be broken.',
  mend: 'Let whoever runs the doctor read it, and run the doctor again.',
};

/**
 * Everything that every check finds, in the order of the areas, errors first. One check's trouble is a finding and
 * stops no other.
 */
export async function examine(
  patient: Patient,
  checks: readonly Check[],
  progress: (done: number, looksAt: readonly string[]) => void,
): Promise<readonly Finding[]> {
  const waiting = [...checks];
  const going = new Set<string>();
  const found: Finding[] = [];
  let done = 0;
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      going.add(check.looksAt);
      progress(done, [...going]);
      found.push(...(await lookInto(check, patient)));
      going.delete(check.looksAt);
      done += 1;
      progress(done, [...going]);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  return found.toSorted(inOrder);
}

async function lookInto(check: Check, patient: Patient): Promise<readonly Finding[]> {
  try {
    return await check.examine(patient);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const what = `${check.looksAt}: ${error.message}`;
    const { severity, why, mend } = couldNotLook;
    return [{ area: check.area, code: 'could-not-look', severity, about: check.looksAt, what, why, mend }];
  }
}

function inOrder(a: Finding, b: Finding): number {
  return (
    areas.indexOf(a.area) - areas.indexOf(b.area) ||
    Number(a.severity === 'warning') - Number(b.severity === 'warning') ||
    compare(a.code, b.code) ||
    compare(a.about, b.about)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

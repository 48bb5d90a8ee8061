import { count } from '../../event/count';
import { table, type Screen } from '../screen';
import { areas, type Finding } from './finding';

/** Of one sort so many are shown; a fleet may have hundreds, and `--json` has them all. */
const mostOfAKind = 8;

/** A table for each area, and below it why each sort matters and how it is mended. */
export function doctorPage(findings: readonly Finding[], paint: Screen['paint']): readonly string[] {
  return areas.flatMap((area) => {
    const here = findings.filter((one) => one.area === area);
    if (here.length === 0) return [];
    const kinds = [...new Set(here.map(({ code }) => code))].map((code) =>
      here.filter((one) => one.code === code),
    );
    const rows = kinds.flatMap((same) => rowsOf(same, paint));
    return [paint.bold(area), table(rows), ...kinds.flatMap((same) => advice(same, paint)), ''];
  });
}

function rowsOf(same: readonly Finding[], paint: Screen['paint']): readonly (readonly string[])[] {
  const rows = same
    .slice(0, mostOfAKind)
    .map(({ severity, code, about, what }) => [
      severity === 'error' ? paint.red(severity) : paint.yellow(severity),
      code,
      about,
      what,
    ]);
  const more = same.length - mostOfAKind;
  return more > 0 ? [...rows, ['', '', '', `and ${more} more; --json has them all`]] : rows;
}

function advice(same: readonly Finding[], paint: Screen['paint']): readonly string[] {
  const [first] = same;
  if (first === undefined) return [];
  const mends = [...new Set(same.map(({ mend }) => mend))].slice(0, mostOfAKind);
  return [
    `  ${first.code}: ${paint.dim(first.why)}`,
    ...mends.map((mend) => `    ${paint.cyan(`→ ${mend}`)}`),
  ];
}

/** `2 errors, 1 warning; 19 checks looked`. */
export function summary(findings: readonly Finding[], checks: number): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const found =
    findings.length === 0 ? 'nothing found' : `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
  return `${found}; ${count(checks, 'check')} looked`;
}

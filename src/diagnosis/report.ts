import type { BootSummary, Diagnosis, Evidence } from './diagnosis';

/** What is known beside the log. */
export interface ReportHead {
  readonly instance: string;
  /** ISO 8601. */
  readonly lookedAt: string;
  /** `LastUpdateTime` as the cloud wrote it, with what it means. */
  readonly lastWord?: string;
  /** One line about the picture: where it is, or why there is none. */
  readonly screenshot: string;
  /** Likewise about the log. */
  readonly console: string;
}

/** A diagnosis as a person reads it: the verdict first, then what it rests on, then what to do. Without a log there is none. */
export function reportText(head: ReportHead, diagnosis: Diagnosis | undefined): string {
  const { instance, lookedAt, lastWord, screenshot, console } = head;
  return [
    `${instance}, looked at ${lookedAt}`,
    ...(diagnosis === undefined ? [] : diagnosisLines(diagnosis)),
    '',
    `console:    ${console}`,
    ...(lastWord === undefined ? [] : [`last word:  ${lastWord}`]),
    `screenshot: ${screenshot}`,
    '',
  ].join('\n');
}

/** The same without where things are kept. */
export function diagnosisLines(diagnosis: Diagnosis): readonly string[] {
  const { verdict, sentence, evidence, next, notes, boots } = diagnosis;
  return [
    `${verdict}: ${sentence}`,
    ...section('evidence', evidenceLines(diagnosis, evidence)),
    ...section('what to do', next),
    ...section('also', notes),
    ...section('boots', boots.map(bootLine)),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function evidenceLines({ counts }: Diagnosis, evidence: readonly Evidence[]): readonly string[] {
  const rows = evidence.map(({ boot, at, text, device, disk }) => ({
    where: `boot ${boot}`,
    at: at === undefined ? '' : `${at.toFixed(1)} s`,
    text: disk === undefined ? text : `${text}  [${device ?? ''} is ${disk}]`,
  }));
  const width = (of: (row: (typeof rows)[number]) => string) =>
    Math.max(0, ...rows.map((row) => of(row).length));
  const [whereWidth, atWidth] = [width(({ where }) => where), width(({ at }) => at)];
  const shown = rows.map(({ where, at, text }) =>
    `${where.padEnd(whereWidth)}  ${at.padStart(atWidth)}  ${text}`.trimEnd(),
  );
  const more = Object.entries(counts).flatMap(([name, count]) => {
    const rest = count - evidence.filter((one) => one.class === name).length;
    return rest > 0 ? [`and ${rest} more of ${name}`] : [];
  });
  return [...shown, ...more];
}

function bootLine({ number, isCut, isDump, cameUp, upAfterSeconds, wentDown }: BootSummary): string {
  const start = isCut ? 'its beginning is cut' : 'begins in the log';
  const took = upAfterSeconds === undefined ? '' : ` in ${upAfterSeconds.toFixed(1)} s`;
  const course = isDump
    ? 'only saved the crashed memory'
    : cameUp
      ? `came up${took}`
      : 'is not seen to come up';
  // Of a beginning that is cut, coming up may have been part.
  const known = isCut && !cameUp && !isDump ? start : `${start}; ${course}`;
  return `${number}  ${known}${wentDown ? '; went down in an orderly way' : ''}`;
}

import { splitBoots } from './boots';
import type { BootSummary, Diagnosis, Evidence, Verdict } from './diagnosis';
import { diskBehind, type KnownDisk } from './disks';
import { examineBoot, isFailedStart, type Examined } from './examine-boot';
import type { Sign } from './find-signs';
import { readLines } from './log-line';
import { whatToDo } from './next-steps';
import { sayWhat, sentenceOf } from './sentences';

/** So many lines of one class are shown; the rest is counted. */
const mostOfAClass = 3;
/** A system whose clock ran so long without a complaint is up, though its start is no longer in the log. */
const surelyUpSeconds = 120;

/**
 * What a decoded console log tells: the newest crash, what it came from, and whether a healthy boot follows. Pure; the
 * log should have been masked before.
 */
export function diagnose(log: string, disks: readonly KnownDisk[] = []): Diagnosis {
  const boots = splitBoots(readLines(log)).map(examineBoot);
  const starts = boots.filter(({ boot }) => !boot.isDump);
  const troubled = starts.findLast(({ head }) => head !== undefined);
  const last = starts.at(-1);
  const verdict = verdictOf(last, troubled);
  const isCrash = troubled?.head !== undefined && (verdict !== 'impaired' || isDeadly(troubled.head));
  const about = troubled?.head && troubled.root ? { head: troubled.head, root: troubled.root } : undefined;
  const signs = boots.flatMap((one) => [...one.signs, ...one.warnings]);
  const evidence = evidenceOf(troubled, signs, disks);
  const crash = isCrash && about && crashOf(about.head, verdict);
  return {
    verdict,
    cause: about?.root.rule.cause ?? 'not-known',
    ...(about && { class: about.head.rule.class }),
    sentence: sentenceOf(verdict, { ...about, last, disks }),
    ...(crash && { crash }),
    evidence,
    counts: countsOf(signs),
    next: whatToDo(verdict, about, evidence),
    notes: notesOf(starts),
    boots: boots.map(summaryOf),
  };
}

function verdictOf(last: Examined | undefined, troubled: Examined | undefined): Verdict {
  if (last === undefined) return 'unclear';
  if (troubled?.head === undefined) return standsWell(last) ?? 'unclear';
  if (troubled !== last && standsWell(last) !== undefined) return 'recovered';
  if (isFailedStart(troubled.head)) return 'not-booting';
  if (troubled.head.rule.severity === 'fatal') return 'crashed';
  // A kernel that reported a defect and started anew, or fell silent in the midst of it, has died of it.
  return troubled !== last ? 'crashed' : 'impaired';
}

function standsWell({ start, boot }: Examined): 'healthy' | 'shut-down' | undefined {
  if (start.wentDown) return 'shut-down';
  const isUp = start.up !== undefined || (boot.isCut && start.ranSeconds >= surelyUpSeconds);
  return isUp ? 'healthy' : undefined;
}

function isDeadly({ rule }: Sign): boolean {
  return rule.severity === 'fatal' || ['oops', 'hard-lockup'].includes(rule.class);
}

function crashOf(head: Sign, verdict: Verdict): Diagnosis['crash'] {
  const { at } = head.line;
  return { boot: head.boot, ...(at !== undefined && { at }), healthyBootFollows: verdict === 'recovered' };
}

/** Lines of the boot in question first, then warnings of any. */
function evidenceOf(
  troubled: Examined | undefined,
  signs: readonly Sign[],
  disks: readonly KnownDisk[],
): readonly Evidence[] {
  const ofTrouble = troubled?.signs ?? [];
  const others = signs.filter((sign) => !ofTrouble.includes(sign) && sign.rule.severity === 'warning');
  const shown = [...firstOfEach(ofTrouble), ...firstOfEach(others)];
  return shown.map(({ rule, boot, line, device, process, pid }) => {
    const disk = device === undefined ? undefined : diskBehind(device, disks);
    return {
      class: rule.class,
      severity: rule.severity,
      boot,
      ...(line.at !== undefined && { at: line.at }),
      line: line.number,
      text: line.text,
      ...(device !== undefined && { device }),
      ...(disk !== undefined && { disk: disk.id }),
      ...(process !== undefined && { process }),
      ...(pid !== undefined && { pid }),
    };
  });
}

function firstOfEach(signs: readonly Sign[]): readonly Sign[] {
  return signs.filter(
    (sign, index) =>
      signs.slice(0, index).filter(({ rule }) => rule.class === sign.rule.class).length < mostOfAClass,
  );
}

function countsOf(signs: readonly Sign[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { rule } of signs) counts[rule.class] = (counts[rule.class] ?? 0) + 1;
  return counts;
}

/** What ended without a word was reset from outside: a kernel that restarts or dies says so. */
function notesOf(starts: readonly Examined[]): readonly string[] {
  return starts.flatMap(({ boot, start, head, warnings }, index) => {
    const isSilent = index < starts.length - 1 && !start.wentDown && head === undefined;
    const reset = `boot ${boot.number} ended without a shutdown or a crash in the log: reset from outside, such as a failure of the host or a forced restart`;
    const classes = [...new Map(warnings.map((sign) => [sign.rule.class, sign])).values()];
    return [
      ...(isSilent ? [reset] : []),
      ...classes.map((sign) => `boot ${boot.number} shows ${sayWhat(sign, [])}`),
    ];
  });
}

function summaryOf({ boot, start }: Examined): BootSummary {
  const { number, isCut, isDump } = boot;
  return {
    number,
    isCut,
    isDump,
    cameUp: start.up !== undefined,
    ...(start.seconds !== undefined && { upAfterSeconds: start.seconds }),
    wentDown: start.wentDown,
  };
}

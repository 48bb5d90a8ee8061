import type { Verdict } from './diagnosis';
import { diskBehind, type KnownDisk } from './disks';
import type { Examined } from './examine-boot';
import type { Sign } from './find-signs';
import type { Cause } from './rules';

interface About {
  readonly head?: Sign;
  readonly root?: Sign;
  readonly last: Examined | undefined;
  readonly disks: readonly KnownDisk[];
}

const causes: Readonly<Record<Cause, string>> = {
  infrastructure: 'infrastructure',
  'operating-system': 'operating system',
  'not-known': 'cause not known',
};

const endings: Partial<Record<Verdict, string>> = {
  recovered: 'a healthy boot follows',
  impaired: 'the system still ran',
};

/** The verdict in one line. */
export function sentenceOf(verdict: Verdict, { head, root, last, disks }: About): string {
  if (head === undefined || root === undefined) return withoutTrouble(verdict, last);
  const what = sayWhat(head, disks);
  const from = root.rule === head.rule ? '' : `, after ${sayWhat(root, disks)}`;
  const happened = `${causes[root.rule.cause]}: boot ${head.boot} shows ${what}${from}`;
  return `${happened}; ${endings[verdict] ?? 'no healthy boot follows'}`;
}

/** "read or write errors of a disk (vdd1, d-…)". */
export function sayWhat({ rule, device, process, pid, what }: Sign, disks: readonly KnownDisk[]): string {
  const disk = device === undefined ? undefined : diskBehind(device, disks)?.id;
  const victim = process === undefined ? undefined : `${process}, process ${pid ?? '?'}`;
  const close = [device, disk, victim, what].filter((word) => word !== undefined);
  return close.length === 0 ? rule.says : `${rule.says} (${close.join(', ')})`;
}

function withoutTrouble(verdict: Verdict, last: Examined | undefined): string {
  if (last === undefined) return 'the console has printed nothing: it does not tell';
  const { boot, start } = last;
  if (verdict === 'shut-down') return `boot ${boot.number} went down in an orderly way; nothing follows`;
  if (verdict !== 'healthy')
    return `boot ${boot.number} has not come up, and nothing says why: ${lastWord(last)}`;
  if (start.up === undefined) return 'the system ran without trouble; its start is no longer in the log';
  const took = start.seconds === undefined ? '' : ` in ${Math.round(start.seconds)} seconds`;
  return `boot ${boot.number} came up${took} and shows no trouble`;
}

function lastWord({ boot }: Examined): string {
  const line = boot.lines.findLast(({ text }) => text.trim() !== '');
  return `it is under way or stands still at "${(line?.text ?? '').trim().slice(0, 120)}"`;
}

import type { Boot } from './boots';
import type { LogLine } from './log-line';
import { emptyDrives, rules, type Rule } from './rules';

/** A line that means something, and what. */
export interface Sign {
  readonly rule: Rule;
  readonly boot: number;
  readonly line: LogLine;
  /** As the system calls it: `vdd1`. */
  readonly device?: string;
  /** Process that was killed or waited. */
  readonly process?: string;
  readonly pid?: number;
  /** In the console's own words, what happened more closely. */
  readonly what?: string;
}

/** `virtio_blk virtio2: [vdb] 41943040 512-byte logical blocks`: which disk stands behind which virtio device. */
const virtioNames = /^virtio_blk (virtio\d+): \[(\w+)\]/;
/** What kills in a container begins in the same words: which it was stands some lines below. */
const oomBegins = /^\S.* invoked oom-killer: /;
const oomClasses = ['out-of-memory', 'group-out-of-memory', 'oom-panic'];

/** Every sign of one boot in the order of its lines. */
export function findSigns({ lines, number }: Boot): readonly Sign[] {
  const virtio = new Map(
    lines.flatMap(({ text }) => {
      const [, name, disk] = virtioNames.exec(text) ?? [];
      return name === undefined || disk === undefined ? [] : [[name, disk] as const];
    }),
  );
  const signs = lines.flatMap((line) => signOf(line, number, virtio) ?? []);
  return [...signs, ...unfinishedOom(lines, number, signs)];
}

function signOf(line: LogLine, boot: number, virtio: ReadonlyMap<string, string>): Sign | undefined {
  for (const rule of rules) {
    for (const pattern of rule.patterns) {
      const found = pattern.exec(line.text);
      if (found === null) continue;
      const { device, process, pid, what, virtio: behind = '' } = found.groups ?? {};
      const name = device ?? virtio.get(behind);
      if (name !== undefined && emptyDrives.test(name)) return undefined;
      return {
        rule,
        boot,
        line,
        ...(name !== undefined && { device: name }),
        ...(process !== undefined && { process }),
        ...(pid !== undefined && { pid: Number(pid) }),
        ...(what !== undefined && what !== '' && { what }),
      };
    }
  }
  return undefined;
}

/** The log ends, or the machine did, before the kernel said whom it kills. */
function unfinishedOom(lines: readonly LogLine[], boot: number, signs: readonly Sign[]): readonly Sign[] {
  const begun = lines.findLast(({ text }) => oomBegins.test(text));
  const rule = rules.find((one) => one.class === 'out-of-memory');
  if (begun === undefined || rule === undefined) return [];
  const isGroup = lines.some(
    ({ number, text }) => number > begun.number && /^(?:memory: usage|Memory cgroup )/.test(text),
  );
  const isTold = signs.some(
    (sign) => oomClasses.includes(sign.rule.class) && sign.line.number > begun.number,
  );
  return isGroup || isTold ? [] : [{ rule, boot, line: begun }];
}

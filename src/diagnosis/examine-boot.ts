import type { Boot } from './boots';
import { findSigns, type Sign } from './find-signs';
import { rules } from './rules';
import { startOf, type Start } from './start';

/** One boot, judged by itself. */
export interface Examined {
  readonly boot: Boot;
  readonly start: Start;
  /** Those that count. */
  readonly signs: readonly Sign[];
  readonly warnings: readonly Sign[];
  /** What happened: the fatal sign, or else the one to blame; absent where all is well. */
  readonly head?: Sign;
  /** What it came from; the head itself where nothing else explains it. */
  readonly root?: Sign;
}

const failedStarts = ['root-file-system', 'no-boot-device', 'boot-loader', 'emergency-mode'];
/** A process killed ten minutes before is no longer the reason for a panic; a damaged disk is for days. */
const reasonableSeconds = 600;

export function isFailedStart({ rule }: Sign): boolean {
  return failedStarts.includes(rule.class);
}

export function examineBoot(boot: Boot): Examined {
  const start = startOf(boot);
  const found = findSigns(boot);
  const { up } = start;
  // A start that failed for a while and came up in the end has not failed.
  const standing = found.filter(
    (sign) => !(isFailedStart(sign) && up !== undefined && up.number > sign.line.number),
  );
  const signs = standing.filter(({ rule }) => rule.severity !== 'warning');
  const warnings = found.filter((sign) => !signs.includes(sign));
  const head = signs.find(({ rule }) => rule.severity === 'fatal') ?? signs.toSorted(byBlame)[0];
  if (head === undefined) return { boot, start, signs, warnings };
  return { boot, start, signs, warnings, head, root: rootOf(head, signs) };
}

function rootOf(head: Sign, signs: readonly Sign[]): Sign {
  const before = signs.filter((sign) => sign.line.number <= head.line.number && explains(sign, head));
  return before.toSorted(byBlame)[0] ?? head;
}

function explains(sign: Sign, head: Sign): boolean {
  if (sign.rule.cause === 'infrastructure' || sign.line.at === undefined) return true;
  return (head.line.at ?? sign.line.at) - sign.line.at <= reasonableSeconds;
}

function byBlame(a: Sign, b: Sign): number {
  return rules.indexOf(a.rule) - rules.indexOf(b.rule);
}

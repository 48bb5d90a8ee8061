import type { Boot } from './boots';
import type { LogLine } from './log-line';

/** How far a boot came. */
export interface Start {
  /** The line that shows the system to be up; absent: it never said so. */
  readonly up?: LogLine;
  /** Seconds from the kernel's first word until then, where they were printed. */
  readonly seconds?: number;
  /** It went down in an orderly way, or restarted so. */
  readonly wentDown: boolean;
  /** How long its clock ran, as far as the log shows. */
  readonly ranSeconds: number;
}

const upSays = [
  /^\S+ login:(?: *$| *\[)/,
  /Reached target (?:Multi-User(?: System)?|Graphical Interface|multi-user\.target|graphical\.target)/,
  /Startup finished in /,
];
const downSays =
  /^reboot: (?:Restarting system|Power down|machine restart|System halted)|^(?:Restarting system|Power down)\.$|Reached target (?:Power-Off|System Power Off|Reboot|System Reboot)|^kexec_core: Starting new kernel/;

/** `Startup finished in 1.2s (kernel) + 2.1s (initrd) + 1min 8.3s (userspace) = 1min 11.6s.` */
const startup = /Startup finished in .*= (?:(\d+)min )?(?:(\d+(?:\.\d+)?)s|(\d+)ms)/;

export function startOf({ lines }: Boot): Start {
  const up = lines.find(({ text }) => upSays.some((says) => says.test(text)));
  const wentDown = lines.some(({ text }) => downSays.test(text));
  const ranSeconds = Math.max(0, ...lines.flatMap(({ at }) => at ?? []));
  if (up === undefined) return { wentDown, ranSeconds };
  const seconds = startupSeconds(lines) ?? secondsBefore(lines, up);
  return { up, wentDown, ranSeconds, ...(seconds !== undefined && { seconds }) };
}

function startupSeconds(lines: readonly LogLine[]): number | undefined {
  for (const { text } of lines) {
    const found = startup.exec(text);
    if (found === null) continue;
    const [, minutes = '0', seconds = '0', millis = '0'] = found;
    return Number(minutes) * 60 + Number(seconds) + Number(millis) / 1000;
  }
  return undefined;
}

/** systemd prints no time: that of the last line before it that has one. */
function secondsBefore(lines: readonly LogLine[], up: LogLine): number | undefined {
  return lines.findLast(({ number, at }) => number <= up.number && at !== undefined)?.at;
}

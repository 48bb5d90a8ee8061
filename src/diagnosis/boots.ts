import type { LogLine } from './log-line';

/** What the console printed from one start of the machine to the next. */
export interface Boot {
  /** Counted from 1, the oldest first. */
  readonly number: number;
  readonly lines: readonly LogLine[];
  /** Its beginning is no longer in the log. */
  readonly isCut: boolean;
  /** The kernel that only saves the memory of the one that crashed; it is no start of the system. */
  readonly isDump: boolean;
}

const kernelStarts = /^(?:Linux version \d|Booting Linux on physical CPU )/;
/** Firmware and boot loader speak before the kernel has a clock. */
const firmwareStarts =
  /^(?:SeaBIOS \(|UEFI firmware|BdsDxe: |iPXE |Booting from |GNU GRUB |Welcome to GRUB!)/;
const savesMemory =
  /\belfcorehdr=|^kdump(?:\.sh)?(?:\[\d+\])?: saving|^systemd\[1\]: Starting Kdump Vmcore Save Service/;
/** CPUs print a little out of turn; a clock that falls further back has been started again. */
const outOfTurnSeconds = 5;

/**
 * Where the machine started again: firmware or boot loader speak, the kernel says its version, or its clock begins
 * anew. Of these the first counts; the others belong to the same start.
 */
export function splitBoots(lines: readonly LogLine[]): readonly Boot[] {
  const parts: LogLine[][] = [[]];
  let newest = -1;
  let kernelSpoke = false;
  let systemSpoke = false;
  for (const line of lines) {
    const { at, text } = line;
    const isFirmware = at === undefined && firmwareStarts.test(text);
    const isKernel = kernelStarts.test(text);
    const isBack = at !== undefined && at + outOfTurnSeconds < newest;
    const isSecondKernel = isKernel && kernelSpoke && (at ?? 0) <= 1 && (newest > 1 || systemSpoke);
    if (isBack || isSecondKernel || (isFirmware && (newest >= 0 || systemSpoke))) {
      parts.push([]);
      newest = -1;
      kernelSpoke = systemSpoke = false;
    }
    parts.at(-1)?.push(line);
    newest = Math.max(newest, at ?? -1);
    kernelSpoke ||= isKernel;
    systemSpoke ||= kernelSpoke && /^\[ {0,3}(?:OK|FAILED|DEPEND|TIME) {0,3}\]|^\S+ login:/.test(text);
  }
  const told = parts.filter((part) => part.some(({ text }) => text.trim() !== ''));
  return told.map((part, index) => ({
    number: index + 1,
    lines: part,
    isCut: index === 0 && !part.some(({ text }) => kernelStarts.test(text) || firmwareStarts.test(text)),
    isDump: part.some(({ text }) => savesMemory.test(text)),
  }));
}

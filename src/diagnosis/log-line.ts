/** One line of the console. */
export interface LogLine {
  /** Counted from 1 in the decoded log. */
  readonly number: number;
  /** Seconds since that boot began, where the kernel printed them. */
  readonly at?: number;
  /** 0 (emergency) to 7 (debug); consoles rarely print it. */
  readonly level?: number;
  /** What was said, without time stamp and level. */
  readonly text: string;
}

/**
 * `<4>[   12.345678][ T1234] text`: level and facility (`dmesg -r`, `/dev/kmsg`), seconds since boot, and who printed
 * it where the kernel was built to say so; each may be missing.
 * https://www.kernel.org/doc/html/latest/core-api/printk-basics.html
 */
const shape = /^(?:<(?<priority>\d{1,3})>)?(?:\[ *(?<at>\d+\.\d+)\](?:\[ *[TC]\d+\])? ?)?(?<text>.*)$/;

export function readLines(log: string): readonly LogLine[] {
  return log.split('\n').map((line, index) => {
    const { priority, at, text = line } = shape.exec(line)?.groups ?? {};
    return {
      number: index + 1,
      ...(at !== undefined && { at: Number(at) }),
      // N is facility × 8 + level.
      ...(priority !== undefined && { level: Number(priority) % 8 }),
      text,
    };
  });
}

import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import pc from 'picocolors';

type Stream = NodeJS.WriteStream;

/** Where people read: plain lines, and at the bottom of a terminal a few lines that are kept up to date. */
export interface Screen {
  readonly paint: ReturnType<typeof pc.createColors>;
  /** True on a terminal, where `status` shows. */
  readonly live: boolean;
  print(line: string): void;
  /** Replaces the lines at the bottom; does nothing where there is no terminal. */
  status(lines: readonly string[]): void;
}

/** Colours only on a terminal, and never when NO_COLOR is set. */
export function openScreen(stream: Stream): Screen {
  const live = stream.isTTY === true;
  let shown = 0;
  const wipe = () => (shown > 0 ? `\x1b[${shown}F\x1b[J` : '');
  return {
    paint: pc.createColors(live && pc.isColorSupported),
    live,
    print(line) {
      stream.write(`${wipe()}${line}\n`);
      shown = 0;
    },
    status(lines) {
      if (!live) return;
      const cut = lines.map((line) => cutToWidth(line, (stream.columns ?? 80) - 1));
      stream.write(`${wipe()}${cut.map((line) => `${line}\n`).join('')}`);
      shown = lines.length;
    },
  };
}

/** Colours take no room on the screen; they stand at the beginning of our lines, so the end can be cut. */
function cutToWidth(line: string, width: number): string {
  const unseen = line.length - stripVTControlCharacters(line).length;
  return line.slice(0, width + unseen);
}

const blank = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat('left-mid', 'right-mid', 'mid-mid', 'middle')
    .map((name) => [name, '']),
);

/** Rows whose columns line up, without borders. */
export function table(rows: readonly (readonly string[])[], head?: readonly string[]): string {
  const grid = new Table({
    chars: { ...blank, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    ...(head && { head: [...head] }),
  });
  grid.push(...rows.map((row) => [...row]));
  return grid
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

import type { Operation } from '../core/call';
import type { Instance, World } from '../core/world';
import { printedSince } from './console/boot-log';
import { incorrectStatus, lookedAt, notSupported } from './console/support';
import { statusAt } from './lifecycle';

/** What the front door laid down, and what was printed since; the buffer keeps its end. */
export const GetInstanceConsoleOutput: Operation = (world, call) => {
  const instance = lookedAt(world, call);
  if (instance.system === 'windows') throw notSupported();
  const status = statusAt(instance, world.now);
  const isLooked = world.switches.consoleNeedsRunning ? status === 'Running' : status !== 'Pending';
  if (!isLooked) throw incorrectStatus();
  const { bytes, lastAt } = consoleOf(world, instance);
  const kept = bytes.subarray(Math.max(0, bytes.length - (world.settings.consoleBytes ?? Infinity)));
  const shown = call.params.RemoveSymbols === 'true' ? withoutSymbols(kept) : kept;
  return {
    InstanceId: instance.id,
    LastUpdateTime: lastAt === undefined ? '' : localTime(lastAt, world.switches.consoleTimeIsUtc ? 0 : 8),
    ConsoleOutput: shown.toString('base64'),
  };
};

function consoleOf(
  world: World,
  instance: Instance,
): { readonly bytes: Buffer; readonly lastAt: number | undefined } {
  const { laid } = instance;
  const printed = printedSince(world, instance, laid?.at ?? -Infinity);
  const text = printed.map((line) => `${line.text}\r\n`).join('');
  const bytes = Buffer.concat([laid?.bytes ?? Buffer.alloc(0), Buffer.from(text)]);
  return { bytes, lastAt: printed.at(-1)?.at ?? laid?.lastAt };
}

const sequence = new RegExp(String.raw`\u001b\[[0-9;?]*[ -/]*[@-~]`, 'g');

/** Byte by byte: what is no UTF-8 stays as it is. */
function withoutSymbols(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(sequence, ''), 'latin1');
}

/** `2026-03-02 10:04:57`, without a zone. */
function localTime(at: number, hoursAhead: number): string {
  return new Date(at + hoursAhead * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

import type { Instance, World } from '../../core/world';

/** One line of the console and when it was printed. */
export interface Printed {
  readonly at: number;
  readonly text: string;
}

/** From one power-on to the next. */
interface Boot {
  readonly from: number;
  /** When the system was up; undefined: not yet, or never. */
  readonly upAt?: number;
  /** When it went down. */
  readonly downAt?: number;
  readonly goesDownFor: 'restart' | 'power-off';
}

const green = '\u001b[0;32m';
const plain = '\u001b[0m';

/** What the console of a healthy Linux printed since `after`: every start, and how each came to its end. */
export function printedSince(world: World, instance: Instance, after: number): readonly Printed[] {
  return bootsOf(instance)
    .filter(({ from }) => from >= after)
    .flatMap((boot) => [...starting(instance, boot), ...ending(world, instance, boot)])
    .filter(({ at }) => at <= world.now);
}

function bootsOf({ history }: Instance): readonly Boot[] {
  const starts = history.filter(
    ({ status }, index) => status === 'Starting' || (index === 0 && status === 'Running'),
  );
  return starts.map((start) => {
    const later = history.slice(history.indexOf(start));
    const upAt = later.find(({ status }) => status === 'Running')?.at;
    const down = later.find(({ status }) => status === 'Stopping' || status === 'Stopped');
    const isUp = upAt !== undefined && (down === undefined || upAt <= down.at);
    const next = later[later.findIndex((entry) => entry === down) + 1];
    return {
      from: start.at,
      ...(isUp && { upAt }),
      ...(down && { downAt: down.at }),
      goesDownFor: next?.status === 'Starting' ? 'restart' : 'power-off',
    };
  });
}

/** Lines with the kernel's clock in front, as a console without `quiet` shows them. */
function starting(instance: Instance, { from, upAt }: Boot): readonly Printed[] {
  const tookSeconds = upAt === undefined || upAt === from ? 12 : (upAt - from) / 1000;
  const kernel = (share: number, text: string): Printed => {
    const seconds = tookSeconds * share;
    return { at: from + seconds * 1000, text: `${stamp(seconds)} ${text}` };
  };
  const early = [
    kernel(0, 'Linux version 5.10.134-16.al8.x86_64 (root@build) (gcc version 10.2.1) #1 SMP'),
    kernel(0, 'Command line: BOOT_IMAGE=(hd0,msdos1)/boot/vmlinuz root=UUID=0f console=tty0 console=ttyS0'),
    kernel(0.1, 'pci 0000:00:05.0: BAR 4: assigned [mem 0x800000000-0x800003fff 64bit]'),
    ...instance.disks.map(({ device, sizeGiB }, index) =>
      kernel(0.15, `virtio_blk virtio${index + 2}: [${device.replace('/dev/xvd', 'vd')}] ${blocks(sizeGiB)}`),
    ),
    kernel(0.2, 'EXT4-fs (vda1): mounted filesystem with ordered data mode. Opts: (null)'),
  ];
  if (upAt === undefined) return early;
  const done = `systemd[1]: Startup finished in ${tookSeconds.toFixed(3)}s.`;
  const up = (text: string): Printed => ({ at: from + tookSeconds * 1000, text });
  return [
    ...early,
    up(`[${green}  OK  ${plain}] Reached target Multi-User System.`),
    kernel(1, done),
    up(`${instance.name} login: `),
  ];
}

/**
 * A system that goes down says so. One whose kernel died prints a panic instead, and one whose host failed nothing:
 * https://www.alibabacloud.com/help/en/ecs/user-guide/overview-of-ecs-system-events
 */
function ending(world: World, instance: Instance, { from, downAt, goesDownFor }: Boot): readonly Printed[] {
  if (downAt === undefined) return [];
  const at = (text: string): Printed => ({ at: downAt, text: `${stamp((downAt - from) / 1000)} ${text}` });
  const failure = [...world.events.values()].find(
    ({ instanceId, code, history }) =>
      instanceId === instance.id &&
      /^(?:Instance|System)Failure\./.test(code) &&
      history.some((entry) => entry.status === 'Executing' && Math.abs(entry.at - downAt) <= 60_000),
  );
  if (failure?.code.startsWith('SystemFailure.')) return [];
  if (failure !== undefined) {
    return [
      at('BUG: unable to handle page fault for address: ffffb2c0deadb000'),
      at('Oops: 0000 [#1] SMP NOPTI'),
      at('Kernel panic - not syncing: Fatal exception'),
    ];
  }
  return [at(goesDownFor === 'restart' ? 'reboot: Restarting system' : 'reboot: Power down')];
}

function stamp(seconds: number): string {
  return `[${seconds.toFixed(6).padStart(12)}]`;
}

function blocks(sizeGiB: number): string {
  return `${sizeGiB * 2 * 1024 * 1024} 512-byte logical blocks (${sizeGiB} GiB)`;
}

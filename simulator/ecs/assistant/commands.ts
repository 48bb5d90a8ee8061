import { defineCommand, decodeBytesToUtf8 } from 'just-bash';
import type { CustomCommand } from 'just-bash';
import { newId } from '../../core/ids';
import type { DiskSystem } from './disk-system';
import { mount, umount } from './disks/attach';
import { mkfs, parted } from './disks/format';
import { blkid, findmnt, lsblk, mountpoint } from './disks/show';
import { ossutil } from './ossutil';
import { failure, ok } from './results';
import type { Session } from './session';
import { ss } from './ss';

/** What the shell lacks, or what must know the instance and its time. */
export function commandsFor(
  session: Session,
  system: DiskSystem,
  spend: (milliseconds: number) => void,
): CustomCommand[] {
  return [
    lsblk(session),
    blkid(session),
    mountpoint(session),
    findmnt(session),
    mkfs(session, 'ext4'),
    mkfs(session, 'xfs'),
    parted(session),
    mount(session, system),
    umount(session, system),
    ossutil(session, spend),
    ss(session),
    mktemp(session),
    date(session),
    sort(),
    ...constants(session),
  ];
}

function mktemp(session: Session): CustomCommand {
  return defineCommand('mktemp', async (args, { fs }) => {
    const template = args.find((arg) => arg.includes('XXX')) ?? '/tmp/tmp.XXXXXXXX';
    const path = template.replace(/X{3,}/, () => newId(session.world, '', 8));
    if (args.includes('-d')) await fs.mkdir(path, { recursive: true });
    else await fs.writeFile(path, '');
    return ok(`${path}\n`);
  });
}

/** The shell's own date reads the machine's clock; this one shows the script's time. */
function date(session: Session): CustomCommand {
  return defineCommand('date', async (args, { origCommand }) => {
    const isGiven = args.some((arg) => /^(-d|--date|-r|--reference)/.test(arg));
    const given = isGiven ? args : ['-d', `@${Math.floor(session.now / 1000)}`, ...args];
    return origCommand?.(given) ?? failure('date: not available');
  });
}

/** `sort -z`, which the shell's own sort does not know. */
function sort(): CustomCommand {
  return defineCommand('sort', async (args, { stdin, origCommand }) => {
    const flags = args.filter((arg) => arg.startsWith('-')).join('');
    if (!flags.includes('z')) return origCommand?.(args) ?? failure('sort: not available');
    const lines = decodeBytesToUtf8(stdin).split('\0').filter(Boolean).sort();
    const kept = flags.includes('u') ? [...new Set(lines)] : lines;
    return ok(kept.map((line) => `${line}\0`).join(''));
  });
}

function constants(session: Session): CustomCommand[] {
  const nothing = { sync: '', trap: '', chown: '', partprobe: '', udevadm: '', systemctl: '' };
  const outputs = { hostname: session.instance.name, nproc: '4', uname: 'Linux', ...nothing };
  return Object.entries(outputs).map(([name, text]) =>
    defineCommand(name, async () => ok(text && `${text}\n`)),
  );
}

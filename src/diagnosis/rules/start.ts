import type { Rule } from './rule';

/** Between power and a login prompt. Texts of SeaBIOS, EDK II, GRUB, systemd and e2fsprogs. */
export const startRules: readonly Rule[] = [
  {
    class: 'no-boot-device',
    patterns: [/No bootable device/, /Boot failed: not a bootable disk/, /^BdsDxe: No bootable option/],
    severity: 'fatal',
    cause: 'not-known',
    says: 'no disk to start from',
    hint: 'look whether the system disk is attached; then at its partition table, from a rescue instance',
  },
  {
    class: 'boot-loader',
    patterns: [
      /^grub rescue>/,
      /^grub> *$/,
      /^error: (?<what>no such (?:partition|device).*|unknown filesystem.*|file .* not found.*)/,
    ],
    severity: 'fatal',
    cause: 'operating-system',
    says: 'a boot loader (GRUB) that does not find its files',
    hint: 'install GRUB anew from a rescue instance, or go back to a snapshot of the system disk',
  },
  {
    class: 'file-system-check',
    patterns: [
      /(?<device>(?:xvd|vd|sd)[a-z]+\d*|nvme\d+n\d+(?:p\d+)?): UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY/,
      /UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY/,
      /\bfsck failed\b/,
      /Failed to start File System Check on \/dev\/(?<device>\w+)/,
    ],
    severity: 'error',
    cause: 'operating-system',
    says: 'a file system that fsck does not mend by itself',
    hint: 'run fsck by hand from the console or a rescue instance, after a snapshot',
  },
  {
    class: 'missing-mount',
    patterns: [
      /Timed out waiting for device \/dev\/(?:disk\/by-\S+|(?<device>\w+))/,
      /Dependency failed for (?<what>\/\S*[^.\s]|(?:Local|Remote) File Systems|File System Check on \S*[^.\s])/,
      /Failed to mount (?<what>\/\S*[^.\s])/,
    ],
    severity: 'error',
    cause: 'operating-system',
    says: 'a mount of /etc/fstab whose disk is not there',
    hint: 'give every data disk nofail in /etc/fstab and name it by UUID; look whether a disk was isolated',
  },
  {
    class: 'emergency-mode',
    patterns: [
      /^You are in (?:emergency|rescue) mode/,
      /^Welcome to emergency mode/,
      /^Give root password for maintenance/,
      /^\(?or press Control-D to continue/,
      /Reached target Emergency Mode/,
      /Started Emergency Shell/,
    ],
    severity: 'fatal',
    cause: 'operating-system',
    says: 'a start that ended in emergency mode',
    hint: 'log in at the VNC console, mend what failed (often /etc/fstab), and restart',
  },
  {
    class: 'file-system-checked',
    patterns: [/contains a file system with errors, check forced/],
    severity: 'warning',
    cause: 'not-known',
    says: 'a file system that was checked and mended at the start',
    hint: 'nothing, unless it comes again',
  },
];

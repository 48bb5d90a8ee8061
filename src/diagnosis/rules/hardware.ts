import type { Rule } from './rule';

const device = String.raw`(?<device>(?:xvd|vd|sd)[a-z]+\d*|nvme\d+n\d+(?:p\d+)?|dm-\d+|md\d+|[a-z]+\d+)`;

/** The machine and its disks. Texts of the kernel: mce, EDAC, block layer, virtio_blk, NVMe, ext4, XFS. */
export const hardwareRules: readonly Rule[] = [
  {
    class: 'machine-check',
    patterns: [
      /^mce: \[Hardware Error\]: (?!Machine check events logged|CPU \d+: Machine Check: 0 )/,
      /^\[Hardware Error\].*Machine check/i,
      /Hardware Error.*Machine check(?! events logged)/i,
      /^EDAC \S+ ?.*\bUE\b/,
    ],
    severity: 'error',
    level: 0,
    cause: 'infrastructure',
    says: 'a hardware error of the host (machine check)',
    hint: 'move the instance to another host (redeploy), and open a ticket',
  },
  {
    class: 'corrected-hardware-error',
    patterns: [/^mce: \[Hardware Error\]: Machine check events logged/, /^EDAC \S+ ?.*\bCE\b/],
    severity: 'warning',
    level: 6,
    cause: 'infrastructure',
    says: 'hardware errors that were corrected',
    hint: 'watch whether they become more; nothing has been lost',
  },
  {
    class: 'disk-error',
    patterns: [
      new RegExp(
        String.raw`^(?:blk_update_request: |print_req_error: )?I/O error, dev ${device}, sector \d+`,
      ),
      new RegExp(
        String.raw`^(?:blk_update_request: |print_req_error: )?critical (?:medium|target) error, dev ${device}`,
      ),
      new RegExp(String.raw`^Buffer I/O error on dev(?:ice)? ${device}, logical block`),
      new RegExp(String.raw`^sd \S+: \[${device}\] .*(?:FAILED Result|Medium Error|Unrecovered read error)`),
    ],
    severity: 'error',
    level: 3,
    cause: 'infrastructure',
    says: 'read or write errors of a disk',
    hint: 'save what can be read; a damaged local disk is isolated and replaced by answering its event',
  },
  {
    class: 'storage-timeout',
    patterns: [
      /^virtio_blk (?<virtio>virtio\d+): .*timeout/i,
      /^(?:nvme )?(?<device>nvme\d+(?:n\d+)?): I\/O (?:tag )?\d+ .*QID \d+ timeout/,
      /^nvme (?<device>nvme\d+): .*controller is down/,
    ],
    severity: 'error',
    level: 4,
    cause: 'infrastructure',
    says: 'a disk that does not answer in time',
    hint: 'look for Disk:Stalled events of the same minutes; if none, open a ticket',
  },
  {
    class: 'file-system-corrupt',
    patterns: [
      new RegExp(String.raw`^EXT4-fs error \(device ${device}\)`),
      new RegExp(String.raw`^EXT4-fs \(${device}\): Remounting filesystem read-only`),
      new RegExp(String.raw`^Aborting journal on device ${device}`),
      new RegExp(
        String.raw`^XFS \(${device}\): .*(?:[Cc]orruption|Internal error|(?:metadata|log) I/O error|xfs_do_force_shutdown|[Ss]hut(?:ting)? down filesystem|[Ff]ilesystem has been shut down)`,
      ),
      /^JBD2: .*I\/O error/,
    ],
    severity: 'error',
    level: 2,
    cause: 'operating-system',
    says: 'a damaged file system',
    hint: 'unmount it and let fsck or xfs_repair look at it, after a snapshot',
  },
];

/** Devices that have nothing in them: reading from them fails on healthy machines, too. */
export const emptyDrives = /^(?:fd|sr|scd)\d+$/;

import { shortHash } from '../../run/hash';
import { shellWord } from '../guest/scripts';
import type { MountedDisk } from './recipe';
import { failing } from './shell-words';

/** `write_fstab AWK-PROGRAM LINE` puts another /etc/fstab in place of the old one, which is kept beside it. */
const fstab = `write_fstab() {
  awk -v m="$mount" "$1" /etc/fstab > "$work/fstab" || fail 7 "fstab-$mount"
  [ -z "$2" ] || echo "$2" >> "$work/fstab"
  cp -p /etc/fstab /etc/fstab.failover && cp "$work/fstab" /etc/fstab.new && mv -f /etc/fstab.new /etc/fstab || fail 7 "fstab-$mount"
  systemctl daemon-reload > /dev/null 2>&1
}`;

/**
 * Makes the system able to do without disks: their lines of /etc/fstab get `nofail`, without which the next boot would
 * wait for them and end in emergency mode, and they are unmounted.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/isolate-damaged-local-disks-in-alibaba-cloud-cli
 */
export function releaseScript(mountPoints: readonly string[]): string {
  return `set -u
${failing}
work=$(mktemp -d) || fail 4 work-folder
${fstab}
for mount in ${mountPoints.map(shellWord).join(' ')}; do
  write_fstab '$1 !~ /^#/ && $2 == m && index("," $4 ",", ",nofail,") == 0 { $4 = $4 ",nofail" } { print }' ''
  ! mountpoint -q "$mount" || umount "$mount" 2> "$work/log" || fail 6 "busy-$mount"
done
echo "failover-released=${mountPoints.length}"
`;
}

/** Puts a release back: what /etc/fstab names is mounted again. */
export function mountScript(mountPoints: readonly string[]): string {
  return `set -u
${failing}
work=$(mktemp -d) || fail 4 work-folder
for mount in ${mountPoints.map(shellWord).join(' ')}; do
  mountpoint -q "$mount" || mount "$mount" 2> "$work/log" || fail 9 "mount-$mount"
done
echo "failover-mounted=${mountPoints.length}"
`;
}

/** `prepare MOUNT KIND TYPE OPTIONS BYTES MODE OWNER UUID LABEL` */
const prepareFunction = `prepare() {
  mount=$1; kind=$2; type=$3; options=$4; bytes=$5; mode=$6; owner=$7; uuid=$8; label=$9
  mkdir -p "$mount" || fail 8 "folder-$mount"
  mountpoint -q "$mount" || mount "$mount" > /dev/null 2>&1
  if mountpoint -q "$mount"; then echo "$mount is mounted"; return; fi
  volume=$(blkid -U "$uuid")
  if [ -z "$volume" ]; then
    volume=$(labelled "$label")
    if [ -z "$volume" ]; then
      volume=$(empty_disk "$bytes")
      [ -n "$volume" ] || fail 6 "no-empty-disk-for-$mount"
      if [ "$kind" = part ]; then
        parted -s "$volume" mklabel gpt mkpart "$label" 1MiB 100% > "$work/log" 2>&1 || fail 8 "parted-$mount"
        partprobe "$volume" > /dev/null 2>&1; udevadm settle > /dev/null 2>&1
        volume=$(labelled "$label")
        [ -n "$volume" ] || fail 8 "partition-$mount"
      fi
    fi
    is_empty "$volume" || fail 6 "not-empty-$volume"
    case $type in
      ext4) mkfs.ext4 -q -F -U "$uuid" "$volume" > "$work/log" 2>&1 || fail 8 "mkfs-$mount";;
      xfs) mkfs.xfs -q -f -m "uuid=$uuid" "$volume" > "$work/log" 2>&1 || fail 8 "mkfs-$mount";;
      *) fail 8 "filesystem-$type";;
    esac
    udevadm settle > /dev/null 2>&1
  fi
  write_fstab '$1 !~ /^#/ && $2 == m { next } { print }' "UUID=$uuid $mount $type $options 0 2"
  mount "$mount" > "$work/log" 2>&1 || fail 9 "mount-$mount"
  chmod "$mode" "$mount" && chown "$owner" "$mount" || fail 9 "owner-$mount"
  echo "$mount is $type on $volume"
}`;

/**
 * Gives each mount point of the recipe a disk again. A disk that still has its file system is only mounted. Otherwise the
 * first disk of the recorded size is taken that is none of the cloud's, has no partition, no file system and no mount,
 * and on which blkid finds nothing: whatever carries anything is never touched. The file system's UUID is made from the
 * run, so that a second try finds what the first has made.
 */
export function prepareScript(wanted: {
  readonly disks: readonly MountedDisk[];
  readonly cloudSerials: readonly string[];
  /** Of the run and its step: what UUIDs are made from. */
  readonly id: string;
}): string {
  return `set -u
${failing}
work=$(mktemp -d) || fail 4 work-folder
${fstab}
list() { lsblk -P -p -b -o NAME,TYPE,PKNAME,SIZE,SERIAL,FSTYPE,MOUNTPOINT,PARTLABEL > "$work/lsblk" || fail 5 lsblk; }
labelled() { list; awk -F'"' -v label="$1" '$16 == label { print $2 }' "$work/lsblk" | head -n 1; }
is_empty() { blkid -p "$1" > /dev/null 2>&1; [ $? -eq 2 ]; }
empty_disk() {
  list
  awk -F'"' -v size="$1" -v cloud=${shellWord(` ${wanted.cloudSerials.join(' ')} `)} '
    $4 == "disk" { order[++n] = $2; bytes[$2] = $8; serial[$2] = $10 }
    $4 == "disk" && ($12 != "" || $14 != "") { used[$2] = 1 }
    $4 != "disk" && $6 != "" { used[$6] = 1 }
    END {
      for (i = 1; i <= n; i++) {
        disk = order[i]
        if (used[disk] || bytes[disk] != size) continue
        if (serial[disk] != "" && index(cloud, " " serial[disk] " ") > 0) continue
        print disk
      }
    }' "$work/lsblk" > "$work/empty"
  while read -r disk; do is_empty "$disk" && { echo "$disk"; break; }; done < "$work/empty"
}
${prepareFunction}
${wanted.disks.map((disk) => prepareOne(disk, wanted.id)).join('\n')}
echo "failover-prepared=${wanted.disks.length}"
`;
}

function prepareOne(disk: MountedDisk, id: string): string {
  const uuid = uuidOf(`${id} ${disk.mountPoint}`);
  const { mountPoint, kind, filesystem, bytes, mode, uid, gid } = disk;
  const options = disk.options.split(',').includes('nofail') ? disk.options : `${disk.options},nofail`;
  const label = `failover-${shortHash(uuid, 12)}`;
  const words = [mountPoint, kind, filesystem, options, String(bytes), mode, `${uid}:${gid}`, uuid, label];
  return `prepare ${words.map(shellWord).join(' ')}`;
}

function uuidOf(text: string): string {
  const hex = shortHash(text, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

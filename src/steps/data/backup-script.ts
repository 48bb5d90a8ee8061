import { shellWord } from '../guest/scripts';
import { calmly, failing, ossCopies, type OssAccess } from './shell-words';

export interface BackupWords extends OssAccess {
  readonly paths: readonly string[];
  /** Patterns over a file's own name, as find's -name and ossutil's --include and --exclude read them alike. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** `oss://bucket/prefix/` */
  readonly folder: string;
  /** Names the work folder: one for each step of a run, so that a second try finds what the first has done. */
  readonly id: string;
  readonly ioErrors: 'fail' | 'recordAndContinue';
  readonly verify: 'sha256' | 'crc64';
  readonly megabytesPerSecond: number;
  readonly atMostSeconds: number;
  /** Serial numbers of disks that are no local ones. */
  readonly cloudSerials: readonly string[];
}

/**
 * Copies files to an OSS folder with ossutil under the instance's RAM role, then a manifest: a line `sha256 size path` for
 * each file that is there, and `! reason path` for each that could not be saved. Checksums are made before the copy, so
 * that a file changed meanwhile shows. ossutil compares the CRC64 of each upload; `sha256` reads every object back as
 * well. A path without files fails: the mount point of a disk that is gone looks just so. Beside the manifest it leaves
 * owners and modes, and how the local disks were mounted. The work folder with ossutil's checkpoints is on the system
 * disk. What ossutil says is kept out of the output, of which Cloud Assistant keeps no more than 24 KB.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/cp-upload-objects
 * https://www.alibabacloud.com/help/en/oss/developer-reference/breakpoint-file-resumable
 */
export function backupScript(words: BackupWords): string {
  const { folder } = words;
  return `set -u
echo "failover-begun=$(date +%s)"
${failing}
${calmly}
${ossCopies(words)}
bad() { ${words.ioErrors === 'fail' ? 'fail 8 "$1-$2"' : `printf '! %s %s\\n' "$1" "$2" >> "$work/failed"`}; }
same() { [ "$(sha256sum < "$1" | cut -d ' ' -f 1)" = "$2" ]; }
work=/var/tmp/failover-${words.id}
mkdir -p "$work" || fail 4 work-folder
manifest="$work/manifest.txt"
for each in "$manifest" "$work/failed" "$work/list" "$work/sizes" "$work/good" "$work/attributes.txt"; do : > "$each"; done
for path in ${words.paths.map(shellWord).join(' ')}; do
  [ -e "$path" ] || fail 6 "missing-$path"
  case "$work/" in "\${path%/}"/*) fail 12 "work-folder-in-$path";; esac
  find "$path" -type f${names(words)} > "$work/found" 2> "$work/log" || bad unlisted "$path"
  [ -s "$work/found" ] || fail 10 "empty-$path"
  cat "$work/found" >> "$work/list"
  find "$path" -type f${names(words)} -printf '%s\\n' >> "$work/sizes" 2> /dev/null
  find "$path" -exec stat -c '%a %u %g %n' {} + >> "$work/attributes.txt" 2> /dev/null
done
${estimate(words)}
${recipe(words)}
while IFS= read -r file; do
  size=$(stat -c %s "$file") && limit=$((60 + size / 1000000)) && sum=$($calm timeout -k 10 "$limit" sha256sum < "$file") || { bad unreadable "$file"; continue; }
  printf '%s %s %s\\n' "\${sum%% *}" "$size" "$file" >> "$manifest"
done < "$work/list" 2> /dev/null
copied=yes
${words.paths.map((path) => copy(path, words)).join('\n')}
${check(words)}
mv -f "$work/good" "$manifest"
files=$(wc -l < "$manifest")
cat "$work/failed" >> "$manifest"
oss -f "$work/attributes.txt" ${shellWord(`${folder}attributes.txt`)} || fail 9 attributes
oss -f "$work/disks.txt" ${shellWord(`${folder}disks.txt`)} || fail 9 disks
oss -f "$manifest" ${shellWord(`${folder}manifest.txt`)} || fail 9 manifest
echo "failover-files=$files"
echo "failover-unsaved=$(wc -l < "$work/failed")"
echo "failover-manifest=$(sha256sum < "$manifest" | cut -d ' ' -f 1)"
rm -rf "$work"
`;
}

function names({ include, exclude }: BackupWords): string {
  const wanted = include.map((pattern) => `-name ${shellWord(pattern)}`).join(' -o ');
  const unwanted = exclude.map((pattern) => ` ! -name ${shellWord(pattern)}`).join('');
  return `${wanted && ` \\( ${wanted} \\)`}${unwanted}`;
}

/** Read for the checksum, read for the copy, and perhaps back again; a file takes its time however small it is. */
function estimate({ verify, megabytesPerSecond, atMostSeconds }: BackupWords): string {
  const [passes, filesPerSecond] = verify === 'sha256' ? [3, 20] : [2, 200];
  return `count=$(wc -l < "$work/list")
bytes=$(awk '{ sum += $1 } END { printf "%.0f\\n", sum }' "$work/sizes")
needs=$((bytes * ${passes} / ${megabytesPerSecond * 1_000_000} + count / ${filesPerSecond}))
echo "failover-estimate=$needs s for $count files, $bytes bytes"
[ "$needs" -le ${atMostSeconds} ] || fail 11 "too-long: about $needs s for $count files, $bytes bytes"`;
}

/** Of each mounted local disk or its partition: mount point, disk or part, type, options, bytes, mode and owner. */
function recipe({ cloudSerials }: BackupWords): string {
  return `lsblk -P -p -b -o NAME,TYPE,PKNAME,SIZE,SERIAL,FSTYPE,MOUNTPOINT > "$work/lsblk" 2> /dev/null
awk -F'"' -v cloud=${shellWord(` ${cloudSerials.join(' ')} `)} '
  $4 == "disk" { bytes[$2] = $8; serial[$2] = $10 }
  $14 ~ /^\\// && $14 != "/" && ($4 == "disk" || $4 == "part") {
    disk = $4 == "part" ? $6 : $2
    if (serial[disk] != "" && index(cloud, " " serial[disk] " ") > 0) next
    print $14 "\\t" $4 "\\t" $12 "\\t" bytes[disk]
  }' "$work/lsblk" > "$work/mounted"
: > "$work/disks.txt"
while IFS='	' read -r mount kind type size; do
  options=$(awk -v m="$mount" '$1 !~ /^#/ && $2 == m { print $4 }' /etc/fstab | tail -n 1)
  owner=$(stat -c '%a	%u	%g' "$mount") || owner='755	0	0'
  printf '%s\\t%s\\t%s\\t%s\\t%s\\t%s\\n' "$mount" "$kind" "$type" "\${options:-defaults}" "$size" "$owner" >> "$work/disks.txt"
done < "$work/mounted"`;
}

/** The object of a file is called like its path, whether its folder was named or itself. */
function copy(path: string, { folder, include, exclude, ioErrors }: BackupWords): string {
  const filters = [
    ...include.map((pattern) => ` --include ${shellWord(pattern)}`),
    ...exclude.map((pattern) => ` --exclude ${shellWord(pattern)}`),
  ].join('');
  const [from, to] = [shellWord(path), `${folder}files${path}`];
  const otherwise = ioErrors === 'fail' ? 'fail 5 copy' : 'copied=no';
  return `if [ -d ${from} ]; then oss -r -u -f ${from} ${shellWord(`${to}/`)}${filters} --checkpoint-dir "$work/checkpoint" || ${otherwise}
else oss -u -f ${from} ${shellWord(to)} --checkpoint-dir "$work/checkpoint" || ${otherwise}; fi`;
}

/** What is not there, or not the same, is copied once more by itself before it counts as not saved. */
function check({ folder, verify }: BackupWords): string {
  const copyOne = `oss -f "$file" ${shellWord(`${folder}files`)}"$file"`;
  const readBack = `oss -f ${shellWord(`${folder}files`)}"$file" "$work/back" && same "$work/back" "$sum"`;
  const holds =
    verify === 'sha256'
      ? `{ rm -f "$work/back"; ${readBack}; } || { ${copyOne} && rm -f "$work/back" && ${readBack}; }`
      : `[ "$copied" = yes ] || ${copyOne}`;
  return `while IFS= read -r line; do
  sum=\${line%% *}; file=\${line#* }; file=\${file#* }
  ${holds} || { bad copy "$file"; continue; }
  printf '%s\\n' "$line" >> "$work/good"
done < "$manifest"`;
}

import { shellWord } from '../guest/scripts';
import { calmly, failing, ossCopies, type OssAccess } from './shell-words';

export interface RestoreWords extends OssAccess {
  readonly paths: readonly string[];
  /** `oss://bucket/prefix/`, where the backup is. */
  readonly folder: string;
  /** SHA-256 of the manifest that was verified when the backup was made. */
  readonly checksum: string;
  /** Must be mounted: otherwise the data would fill the system disk. */
  readonly mountPoints: readonly string[];
  readonly id: string;
}

/**
 * Loads a backup to where it was, and counts only what has the checksum of the manifest. Before anything is written, a file
 * that is there with other bytes than the backup's ends it: somebody has written since. ossutil keeps neither owner nor
 * mode; those come from the backup's own list.
 */
export function restoreScript(words: RestoreWords): string {
  const { folder, checksum, mountPoints, paths } = words;
  return `set -u
echo "failover-begun=$(date +%s)"
${failing}
${calmly}
${ossCopies(words)}
same() { [ -f "$1" ] && [ "$(sha256sum < "$1" | cut -d ' ' -f 1)" = "$2" ]; }
work=/var/tmp/failover-${words.id}
mkdir -p "$work" || fail 4 work-folder
manifest="$work/manifest.txt"
oss -f ${shellWord(`${folder}manifest.txt`)} "$manifest" || fail 5 manifest
same "$manifest" ${checksum} || fail 6 manifest-differs
for mount in ${[...mountPoints].map(shellWord).join(' ')}; do
  mountpoint -q "$mount" || fail 7 "not-mounted-$mount"
done
grep -v '^! ' "$manifest" > "$work/wanted"
if [ ! -e "$work/loading" ]; then
  while IFS= read -r line; do
    sum=\${line%% *}; file=\${line#* }; file=\${file#* }
    [ ! -e "$file" ] || same "$file" "$sum" || fail 10 "changed-since-$file"
  done < "$work/wanted"
  : > "$work/loading"
fi
${paths.map((path) => load(path, folder)).join('\n')}
files=0
while IFS= read -r line; do
  sum=\${line%% *}; file=\${line#* }; file=\${file#* }
  same "$file" "$sum" || { mkdir -p "$(dirname "$file")" && oss -f ${shellWord(`${folder}files`)}"$file" "$file" && same "$file" "$sum"; } || fail 8 "differs-$file"
  files=$((files + 1))
done < "$work/wanted"
oss -f ${shellWord(`${folder}attributes.txt`)} "$work/attributes.txt" || fail 9 attributes
while read -r mode uid gid file; do
  [ ! -e "$file" ] || { chmod "$mode" "$file" && chown "$uid:$gid" "$file"; } || fail 9 "owner-of-$file"
done < "$work/attributes.txt"
echo "failover-files=$files"
rm -rf "$work"
`;
}

/** A folder all at once; what is missing afterwards is fetched by itself, as a path that is a file is. */
function load(path: string, folder: string): string {
  const from = shellWord(`${folder}files${path}/`);
  return `! grep -qF -- ${shellWord(` ${path}/`)} "$work/wanted" || oss -r -u -f ${from} ${shellWord(`${path}/`)} --checkpoint-dir "$work/checkpoint" || :`;
}

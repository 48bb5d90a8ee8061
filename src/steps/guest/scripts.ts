/** Quotes a text as one word for a POSIX shell. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Prints as its last line how a script that prints `key=value` marks ended. Unmarked lines are left out. */
export function marks(output: string): Readonly<Record<string, string>> {
  const found = [...output.matchAll(/^failover-([a-z]+)=(.*)$/gm)];
  return Object.fromEntries(found.map(([, key = '', value = '']) => [key, value.trim()]));
}

/**
 * Waits on the instance itself until fewer than `below` connections are established for `holdSeconds`.
 * Prints each change of the count, and ends 0 when quiet, 3 when `capSeconds` are over first.
 */
export function quietScript(wanted: {
  readonly below: number;
  readonly holdSeconds: number;
  readonly capSeconds: number;
}): string {
  return `set -u
start=$(date +%s); since=; last=
while :; do
  now=$(date +%s)
  count=$(ss -Htn state established | wc -l)
  [ "$count" = "$last" ] || { echo "$((now - start))s $count connections"; last=$count; }
  if [ "$count" -lt ${wanted.below} ]; then
    [ -n "$since" ] || since=$now
    if [ $((now - since)) -ge ${wanted.holdSeconds} ]; then echo "failover-connections=$count"; exit 0; fi
  else
    since=
  fi
  if [ $((now - start)) -ge ${wanted.capSeconds} ]; then echo "failover-connections=$count"; exit 3; fi
  sleep 5
done
`;
}

/**
 * Copies paths to an OSS folder with ossutil under the instance's RAM role, then a manifest with a line
 * `sha256 size path` for each file, made before the copy so that a file changed meanwhile shows. A path without
 * files fails: the mount point of a disk that is gone looks just so. What ossutil says is kept out of the output,
 * of which Cloud Assistant keeps no more than 24 KB.
 * https://www.alibabacloud.com/help/en/oss/developer-reference/cp-upload-objects
 *
 * @param wanted `folder` is `oss://bucket/prefix/`; `endpoint` is the internal OSS host of the region
 */
export function backupScript(wanted: {
  readonly paths: readonly string[];
  readonly folder: string;
  readonly role: string;
  readonly endpoint: string;
}): string {
  const flags = `-e ${shellWord(wanted.endpoint)} --mode EcsRamRole --ecs-role-name ${shellWord(wanted.role)}`;
  const copies = wanted.paths.map(
    (path) =>
      `ossutil cp -r -u -f ${shellWord(path)} ${shellWord(`${wanted.folder}files${path}/`)} ${flags} --checkpoint-dir "$work/checkpoint" > "$work/log" 2>&1 || fail 5 copy`,
  );
  return `set -u
fail() { [ -f "$work/log" ] && tail -n 5 "$work/log"; echo "failover-failed=$2"; exit "$1"; }
work=
work=$(mktemp -d) || fail 4 work-folder
manifest="$work/manifest.txt"
: > "$manifest"
for path in ${wanted.paths.map(shellWord).join(' ')}; do
  [ -e "$path" ] || fail 6 "missing-$path"
  find "$path" -type f > "$work/list" || fail 7 find
  [ -s "$work/list" ] || fail 10 "empty-$path"
  while IFS= read -r file; do
    sum=$(sha256sum < "$file") && size=$(stat -c %s "$file") || fail 8 "unreadable-$file"
    printf '%s %s %s\\n' "\${sum%% *}" "$size" "$file" >> "$manifest"
  done < "$work/list"
done
${copies.join('\n')}
ossutil cp -f "$manifest" ${shellWord(`${wanted.folder}manifest.txt`)} ${flags} > "$work/log" 2>&1 || fail 9 manifest
echo "failover-files=$(wc -l < "$manifest")"
echo "failover-manifest=$(sha256sum "$manifest" | cut -d ' ' -f 1)"
`;
}

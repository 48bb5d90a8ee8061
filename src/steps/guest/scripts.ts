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

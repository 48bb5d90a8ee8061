import { shellWord } from '../guest/scripts';

export interface OssAccess {
  /** Of the RAM role attached to the instance. */
  readonly role: string;
  /** Internal OSS host of the region. */
  readonly endpoint: string;
}

/** `fail CODE WORD` ends the script: the end of the last command's log, and a mark. */
export const failing = `work=
fail() { [ -f "$work/log" ] && tail -n 5 "$work/log"; echo "failover-failed=$2"; exit "$1"; }`;

/** `$calm` before a command lets the application's own reads go first. */
export const calmly = `calm=
command -v ionice > /dev/null 2>&1 && calm='ionice -c3'`;

/** `oss …` copies between files and OSS; it reads nothing from a loop's input. */
export function ossCopies({ role, endpoint }: OssAccess): string {
  const access = `-e ${shellWord(endpoint)} --mode EcsRamRole --ecs-role-name ${shellWord(role)}`;
  return `oss() { $calm ossutil cp "$@" ${access} > "$work/log" 2>&1 < /dev/null; }`;
}

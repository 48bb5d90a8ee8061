import { Bash } from 'just-bash';
import type { FileContent } from '../../core/instance';
import type { Instance } from '../../core/world';
import { settleMounts } from '../guest/mounts';
import { commandsFor } from './commands';
import { DiskSystem } from './disk-system';
import type { Session } from './session';

export interface ShellResult {
  readonly output: string;
  readonly exitCode: number;
  readonly elapsedMs: number;
  readonly timedOut: boolean;
}

export interface How {
  readonly timeoutSeconds: number;
  readonly workingDir?: string | undefined;
  readonly user?: string | undefined;
}

/** What carries a script out in its session. */
export type Shell = (session: Session, script: string, how: How) => Promise<ShellResult>;

/**
 * Runs a script over the instance's files, for real, in its own time: nothing waits. A script that would take
 * longer than its timeout is stopped there; what it had done until then stays done.
 */
export const runScript: Shell = async (session, script, { timeoutSeconds, workingDir, user = 'root' }) => {
  const home = user === 'root' ? '/root' : `/home/${user}`;
  const deadline = session.startedAt + timeoutSeconds * 1000;
  const abort = new AbortController();
  const spend = (milliseconds: number): void => {
    session.now += milliseconds;
    if (session.now > deadline) abort.abort();
  };
  settleMounts(session.instance, session.startedAt);
  const system = new DiskSystem(session.instance);
  const bash = new Bash({
    fs: system,
    cwd: workingDir ?? home,
    env: {
      HOME: home,
      USER: user,
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    },
    customCommands: commandsFor(session, system, spend),
    sleep: async (milliseconds) => spend(milliseconds),
    defenseInDepth: false,
  });
  const result = await bash.exec(script, { signal: abort.signal, rawScript: true });
  await keepFiles(system, session.instance);
  const timedOut = abort.signal.aborted;
  const elapsedMs = timedOut ? timeoutSeconds * 1000 : session.now - session.startedAt;
  return { output: result.stdout + result.stderr, exitCode: result.exitCode, elapsedMs, timedOut };
};

const systemPath = /^\/(bin|dev|lib|proc|sbin|sys|usr)(\/|$)/;

/** What the script left behind is what the instance has from now on. */
async function keepFiles(system: DiskSystem, instance: Instance): Promise<void> {
  const left = new Map<string, FileContent>();
  for (const path of system.getAllPaths()) {
    if (systemPath.test(path) || !(await system.stat(path)).isFile) continue;
    left.set(path, await system.rest(path));
  }
  instance.files.clear();
  for (const [path, content] of left) instance.files.set(path, content);
}

import { Bash, type FileInit } from 'just-bash';
import type { Instance } from '../../core/world';
import { commandsFor } from './commands';
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
  const bash = new Bash({
    files: Object.fromEntries([...session.instance.files].map(withMode)),
    cwd: workingDir ?? home,
    env: {
      HOME: home,
      USER: user,
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    },
    customCommands: commandsFor(session, spend),
    sleep: async (milliseconds) => spend(milliseconds),
    defenseInDepth: false,
  });
  const result = await bash.exec(script, { signal: abort.signal, rawScript: true });
  await keepFiles(bash, session.instance);
  const timedOut = abort.signal.aborted;
  const elapsedMs = timedOut ? timeoutSeconds * 1000 : session.now - session.startedAt;
  return { output: result.stdout + result.stderr, exitCode: result.exitCode, elapsedMs, timedOut };
};

/** What names the program that reads it can be executed; the simulated instance remembers no modes. */
function withMode([path, content]: readonly [string, string]): [string, FileInit] {
  return [path, { content, mode: content.startsWith('#!') ? 0o755 : 0o644 }];
}

const systemPath = /^\/(bin|dev|lib|proc|sbin|sys|usr)(\/|$)/;

/** What the script left behind is what the instance has from now on. */
async function keepFiles(bash: Bash, instance: Instance): Promise<void> {
  const left = new Map<string, string>();
  for (const path of bash.fs.getAllPaths()) {
    if (systemPath.test(path) || !(await bash.fs.stat(path)).isFile) continue;
    left.set(path, await bash.fs.readFile(path));
  }
  instance.files.clear();
  for (const [path, content] of left) instance.files.set(path, content);
}

import type { ExecResult } from 'just-bash';

export function ok(stdout: string): ExecResult {
  return { stdout, stderr: '', exitCode: 0 };
}

export function failure(message: string): ExecResult {
  return { stdout: '', stderr: `${message}\n`, exitCode: 1 };
}

import { spawn } from 'node:child_process';
import type { Asked } from './announcements';
import { BadInput } from './exits';
import { endWithUs, simulatorProgram } from './simulated-cloud';

/** Runs the simulated cloud with its output passed through. Answers its exit code once it ends. */
export async function runSimulator(
  options: Asked & {
    readonly fleet?: string;
    readonly port: number;
    readonly json: boolean;
    readonly speed?: number;
  },
): Promise<number> {
  const { fleet, port, json, speed } = options;
  if (options.files.length > 0 || options.code !== undefined || options.instance !== undefined) {
    throw new BadInput('simulator: found an event, and nobody to play it; expected --play as well');
  }
  const flags = [
    ...(fleet ? ['--fleet', fleet] : []),
    ...['--port', String(port)],
    ...(json ? ['--json'] : []),
    ...(speed === undefined ? [] : ['--speed', String(speed)]),
  ];
  const child = spawn(process.execPath, [simulatorProgram, ...flags], { stdio: 'inherit' });
  const release = endWithUs(child);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 0));
    });
  } finally {
    release();
  }
}

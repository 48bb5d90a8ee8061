import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** What a worker is asked to do; it answers with one message for each part of its work. */
export interface Errand {
  readonly kind: 'storm' | 'mutant';
  readonly seeds: readonly [from: number, to: number];
  /** Which of the seeds: every `parts`-th, beginning with the `part`-th. */
  readonly part: number;
  readonly parts: number;
  readonly mutant?: string;
}

/**
 * Runs errands in processes of their own, as many at a time as there are cores. `onAnswer` hears every answer.
 *
 * @throws Error when a process ended badly
 */
export async function sendOut<T>(errands: readonly Errand[], onAnswer: (answer: T) => void): Promise<void> {
  const waiting = [...errands];
  const serve = async () => {
    for (let errand = waiting.shift(); errand !== undefined; errand = waiting.shift()) {
      await sendOne(errand, onAnswer);
    }
  };
  await Promise.all(Array.from({ length: cores() }, serve));
}

export function cores(): number {
  return availableParallelism();
}

function sendOne<T>(errand: Errand, onAnswer: (answer: T) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(process.argv[1] ?? '', ['errand', JSON.stringify(errand)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('message', (answer) => onAnswer(answer as T));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${JSON.stringify(errand)} ended with ${code}`)),
    );
  });
}

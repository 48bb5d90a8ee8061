import { tell } from './tell';

/** Tells one seed, step by step if wanted. @returns the exit code: 1 when a promise was broken */
export async function traceSeed(seed: number, trace: boolean): Promise<number> {
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  const told = await tell(seed, trace ? { trace: say } : {});
  say(`seed ${seed}: ${told.steps} steps; swarm ${JSON.stringify(told.swarm)}`);
  say(`exercised: ${JSON.stringify(told.counts)}`);
  for (const { promise, sentence, at } of told.violations) {
    say(`${new Date(at).toISOString()}  ${promise}: ${sentence}`);
  }
  return told.violations.length === 0 ? 0 : 1;
}

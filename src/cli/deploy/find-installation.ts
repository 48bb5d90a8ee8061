import { BadInput } from '../exits';
import { namesOf, type Names } from './names';
import type { Deployment, Generation, Stack } from './ports';

/** An installation as its stack has it. */
export interface Installation {
  readonly stack: Stack;
  readonly names: Names;
  readonly generation: Generation;
  readonly stateBucket: string;
}

/** Undefined when there is no stack of that name. */
export async function findInstallation(
  { stacks, caller, region }: Deployment,
  prefix: string,
): Promise<Installation | undefined> {
  const names = namesOf(prefix, caller.account, region);
  const stack = await stacks.find(names.stack);
  if (stack === undefined) return undefined;
  return {
    stack,
    names,
    generation: stack.parameters['Generation'] === 'fc2' ? 'fc2' : 'fc3',
    stateBucket: stack.parameters['StateBucket'] ?? names.stateBucket,
  };
}

/** @throws BadInput when there is none */
export async function theInstallation(deployment: Deployment, prefix: string): Promise<Installation> {
  const found = await findInstallation(deployment, prefix);
  if (found !== undefined) return found;
  throw new BadInput(
    `--prefix: found no stack ${prefix} in ${deployment.region}; expected one that ecs-failover deploy made`,
  );
}

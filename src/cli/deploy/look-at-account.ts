import { CloudError } from '../../engine/ports';
import { serviceRoles, servicesNeeded, type Found } from './account-findings';
import { functionNames, type Names } from './names';
import { isDenied, lookAtAll, type Looked, type Need } from './permissions';
import type { Deployment, FunctionName, Generation } from './ports';
import { askQuotas } from './quotas';
import { stateOf } from './stack-state';

/** Looks at all that deploying needs to know, side by side; or tells every permission that is missing for it. */
export async function lookAtAccount(deployment: Deployment, names: Names): Promise<Looked<Found>> {
  const looked = await lookAtAll(needsOf(deployment, names));
  if (looked.kind === 'denied') return looked;
  const { seen } = looked;
  const found: Found = {
    stack: seen.stack,
    services: seen.services,
    rolesMissing: seen.rolesMissing,
    refused: { fc3: seen.fc3, fc2: seen.fc2 },
    codeBucket: seen.codeBucket,
    stateBucket: seen.stateBucket,
    taken: [...seen.functionsTaken, ...seen.queuesTaken],
    quotas: stateOf(seen.stack) === 'absent' ? await askQuotas(deployment.account) : [],
  };
  return { kind: 'seen', seen: found };
}

function needsOf(deployment: Deployment, names: Names) {
  const { account, buckets, functions, queues, stacks } = deployment;
  const both = (['fc3', 'fc2'] as const).flatMap((generation) =>
    functionNames.map((name) => names.functionOf(name, generation)),
  );
  return {
    stack: need('ros:ListStacks', 'finds the stack', () => stacks.find(names.stack)),
    services: need('ros:GetServiceProvisions', 'tells which services are activated', () =>
      account.services(servicesNeeded),
    ),
    rolesMissing: need('ram:GetRole', 'tells whether the service-linked roles are there', () =>
      missingRoles(deployment),
    ),
    fc3: need('fc:ListFunctions', 'tells whether Function Compute 3.0 can be used', () =>
      whyNot(deployment, 'fc3'),
    ),
    fc2: need('fc:GetAccountSettings', 'tells whether Function Compute 2.0 can be used', () =>
      whyNot(deployment, 'fc2'),
    ),
    codeBucket: need('oss:ListObjects', 'looks for the code bucket', () => buckets.look(names.codeBucket)),
    stateBucket: need('oss:ListObjects', 'looks for the state bucket', () => buckets.look(names.stateBucket)),
    functionsTaken: need('fc:GetFunction', 'tells whether the names of the functions are free', () =>
      keepTaken(both, async (of) => (await functionOrNone(functions, of)) !== undefined),
    ),
    queuesTaken: need('mns:GetQueueAttributes', 'tells whether the names of the queues are free', () =>
      keepTaken(
        names.queuesOf('fc3').map((name) => ({ name })),
        async ({ name }) => (await queues.depth(name)) !== undefined,
      ),
    ),
  };
}

function need<T>(action: string, purpose: string, look: () => Promise<T>): Need<T> {
  return { action, purpose, look };
}

async function missingRoles({ account }: Deployment): Promise<readonly string[]> {
  const there = await Promise.all(serviceRoles.map((role) => account.hasRole(role)));
  return serviceRoles.filter((_, index) => !there[index]);
}

/** Undefined when the generation can be used. Whether it may be is a question of permissions, and thrown. */
async function whyNot({ account }: Deployment, generation: Generation): Promise<string | undefined> {
  try {
    await account.probe(generation);
    return undefined;
  } catch (error) {
    if (!(error instanceof CloudError) || isDenied(error) || error.detail.worthRepeating) throw error;
    return error.message;
  }
}

/** A generation that the account does not have has no functions either. */
async function functionOrNone(functions: Deployment['functions'], of: FunctionName) {
  try {
    return await functions.get(of);
  } catch (error) {
    if (!(error instanceof CloudError) || isDenied(error) || error.detail.worthRepeating) throw error;
    return undefined;
  }
}

async function keepTaken<T extends { readonly name: string }>(
  some: readonly T[],
  isTaken: (one: T) => Promise<boolean>,
): Promise<readonly string[]> {
  const taken = await Promise.all(some.map(isTaken));
  return some.filter((_, index) => taken[index]).map(({ name }) => name);
}

import { createSuccessor } from '../../src/cloud/deployment/successor';
import { connect, type FunctionContext } from '../../src/connect';
import { advanceAndHandOn } from '../../src/engine/hand-on';
import { stepTypes } from '../../src/steps';

/** Every minute: each run whose message is due takes its next hops. A run carries its plan; no playbook is read. */
export async function handler(_event: Buffer, context: FunctionContext): Promise<{ handled: number }> {
  const { world, deadline, successor } = connect(context, createSuccessor);
  return { handled: await advanceAndHandOn(world, { steps: stepTypes, until: deadline }, successor) };
}

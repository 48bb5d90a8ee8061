import { connect, type FunctionContext } from '../../src/connect';
import { advance } from '../../src/engine/advance';
import { stepTypes } from '../../src/steps';

/** Every minute: each run whose message is due takes its next hops. A run carries its plan; no playbook is read. */
export async function handler(_event: Buffer, context: FunctionContext): Promise<{ handled: number }> {
  const { world, deadline } = connect(context);
  return { handled: await advance(world, { steps: stepTypes, until: deadline }) };
}

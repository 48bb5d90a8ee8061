import { connect, type FunctionContext } from '../../src/connect';
import { receive } from '../../src/engine/receive';
import { loadConfiguration } from '../../src/cloud/playbook-files';
import { stepTypes } from '../../src/steps';

/** A push from EventBridge or, through a queue, from CloudMonitor. A run that starts takes its first hops here. */
export async function handler(event: Buffer, context: FunctionContext): Promise<{ received: number }> {
  const { world, playbooksFolder, deadline } = connect(context);
  const configuration = loadConfiguration(playbooksFolder, world.now());
  await receive(world, { steps: stepTypes, until: deadline }, configuration, event);
  return { received: event.length };
}

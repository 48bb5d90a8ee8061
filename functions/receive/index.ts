import { connect, type FunctionContext } from '../../src/connect';
import { configurationInForce } from '../../src/engine/configuration/in-force';
import { receive, receiveNothing } from '../../src/engine/receive';
import { loadConfiguration } from '../../src/cloud/playbook-files';
import { stepTypes } from '../../src/steps';

/** A push from EventBridge or, through a queue, from CloudMonitor. A run that starts takes its first hops here. */
export async function handler(event: Buffer, context: FunctionContext): Promise<{ received: number }> {
  const { world, playbooksFolder, deadline } = connect(context);
  const configuration =
    playbooksFolder === undefined
      ? await configurationInForce(world)
      : loadConfiguration(playbooksFolder, world.now());
  if (configuration === undefined) receiveNothing(world, event);
  else await receive(world, { steps: stepTypes, until: deadline }, configuration, event);
  return { received: event.length };
}

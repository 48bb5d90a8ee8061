import { connect, type FunctionContext } from '../../src/connect';
import { advance } from '../../src/engine/advance';
import { configurationInForce } from '../../src/engine/configuration/in-force';
import { sweep, sweepNothing } from '../../src/engine/sweep';
import { loadConfiguration } from '../../src/cloud/playbook-files';
import { stepTypes } from '../../src/steps';

/** The scheduled sweep: what no push brought is found, lost messages are sent again, and runs go on. */
export async function handler(_event: Buffer, context: FunctionContext): Promise<{ handled: number }> {
  const { world, playbooksFolder, deadline, sweepEveryMs } = connect(context);
  const shift = { steps: stepTypes, until: deadline, ...(sweepEveryMs !== undefined && { sweepEveryMs }) };
  const configuration =
    playbooksFolder === undefined
      ? await configurationInForce(world)
      : loadConfiguration(playbooksFolder, world.now());
  await (configuration === undefined ? sweepNothing(world) : sweep(world, shift, configuration));
  return { handled: await advance(world, shift) };
}

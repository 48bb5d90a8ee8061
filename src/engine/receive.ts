import { readPushes } from '../event/read-push';
import type { Configuration } from '../playbook/configuration';
import type { Shift } from './advance';
import { eachApart } from './each-apart';
import { intake } from './intake';
import type { World } from './ports';
import { setAside, setEventAside } from './set-aside';

/**
 * Takes in what CloudMonitor or EventBridge delivered, in any of their wrappings. What cannot be read is set
 * aside with its reason; one bad event never drops the others.
 *
 * @throws AggregateError when an event could not be taken in, so that the platform delivers it again; after a few
 *   tries that failed by a bug it is set aside too
 */
export async function receive(
  world: World,
  shift: Shift,
  configuration: Configuration,
  body: Buffer,
): Promise<void> {
  const { account, region, mode } = configuration.settings.spec;
  const readings = readPushes(body, { account: account.id, region, receivedAt: world.now() });
  await eachApart(readings, async (reading) => {
    if (reading.kind === 'unreadable') {
      return void (await setAside(world, { why: reading.problem, text: reading.text, mode }));
    }
    for (const text of reading.warnings) world.log({ at: world.now(), kind: 'warning', text });
    if (reading.kind !== 'event') return;
    const { event } = reading;
    const end = await intake(world, shift, configuration, event).catch((error: unknown) =>
      setEventAside(world, event, error, mode),
    );
    if (end?.kind !== 'duplicate') return;
    const text = `${event.code} ${event.status} ${event.id}: heard before`;
    const data = { event: event.id, duplicate: true };
    world.log({ at: world.now(), kind: 'intake', text, run: end.runId, instance: event.instanceId, data });
  });
}

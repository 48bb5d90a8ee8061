import { readPushes, type Reading } from '../event/read-push';
import type { Configuration } from '../playbook/configuration';
import { sitesOf } from '../playbook/sites';
import type { Shift } from './advance';
import { eachApart } from './each-apart';
import { intake } from './intake';
import type { World } from './ports';
import { noteRefused } from './refused';
import { setAside, setEventAside } from './set-aside';

/** Far more than a hundred notices in one delivery; whatever is larger was not sent by CloudMonitor or EventBridge. */
const mostBytes = 1024 * 1024;

/**
 * Takes in what CloudMonitor or EventBridge delivered, in any of their wrappings. What cannot be read is set
 * aside with its reason, what nothing confirms is refused and counted; one bad event never drops the others.
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
  const { mode } = configuration.settings.spec;
  const here = world.home ?? sitesOf(configuration.settings.spec)[0];
  if (body.length > mostBytes) return refuseLarge(world, configuration, body);
  const source = { account: here?.account ?? '', region: here?.region ?? '', receivedAt: world.now() };
  const readings = readPushes(body, source);
  await eachApart(readings, async (reading) => {
    if (reading.kind === 'unreadable') {
      await setAside(world, { why: reading.problem, text: reading.text, mode });
      const { problem: why, text: key } = reading;
      return noteRefused(world, configuration, { code: 'unreadable', why, key });
    }
    for (const text of reading.warnings) world.log({ at: world.now(), kind: 'warning', text });
    if (reading.kind !== 'event') return tellStranger(world, configuration, reading);
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

/** Not even read; the sweep finds what was true in it. */
async function refuseLarge(world: World, configuration: Configuration, body: Buffer): Promise<void> {
  const why = `a delivery of ${body.length} bytes; expected at most ${mostBytes}`;
  const text = body.subarray(0, 1000).toString('utf8');
  await setAside(world, { why, text, mode: configuration.settings.spec.mode });
  await noteRefused(world, configuration, { code: 'too-large', why, key: text });
}

/** Nobody has to act on a notification; one that is not from ECS should not have come here. */
async function tellStranger(
  world: World,
  configuration: Configuration,
  { name, product }: Reading & { kind: 'notification' },
): Promise<void> {
  if (product === undefined) return;
  const why = `${name}: about ${product}, not ECS`;
  await noteRefused(world, configuration, { code: 'not-ecs', why, key: why });
}

/** While there is no configuration nothing is taken in: the sweep finds what is still pending once there is one. */
export function receiveNothing({ log, now }: World, body: Buffer): void {
  const text = `a push of ${body.length} bytes was not taken in: there is no configuration yet`;
  log({ at: now(), kind: 'warning', text });
}

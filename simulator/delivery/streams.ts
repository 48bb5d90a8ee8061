import type { Delivery } from '../core/deliveries';
import { toSeconds } from '../core/time';
import type { Message, World } from '../core/world';
import { hide, pickVisible } from '../mns/messages';
import { moveDeadLetters } from '../mns/dead-letters';
import { hasServiceRole, part } from './settings';
import { deliveryOf, eventTriggers, inSchema, type EventTrigger } from './triggers';

const usualBatch = 10;

/**
 * What event streams take out of their queues now: a batch each, as an array of CloudEvents. A stream that
 * tolerates no errors takes nothing while a batch of it waits to be tried again.
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/smq-triggers
 */
export function fromStreams(world: World): readonly Delivery[] {
  if (!hasServiceRole(world, 'SourceMNS')) return [];
  return eventTriggers(world, 'MNS').flatMap((each) => {
    const waits = world.compute.deliveries.some(({ by, taken }) => by === each.trigger.name && taken);
    const tolerant = part(each.trigger.config['runOptions'], 'errorsTolerance') === 'ALL';
    return waits && !tolerant ? [] : takeBatch(world, each);
  });
}

function takeBatch(world: World, each: EventTrigger): readonly Delivery[] {
  const { config } = each.trigger;
  const parameters = part(part(config['eventSourceConfig'], 'eventSourceParameters'), 'sourceMNSParameters');
  const queue = world.queues.get(String(part(parameters, 'queueName')));
  if (queue === undefined) return [];
  const size = Number(part(part(config['runOptions'], 'batchWindow'), 'countBasedWindow') ?? usualBatch);
  moveDeadLetters(world, queue);
  const messages = pickVisible(queue, size, world.now);
  if (messages.length === 0) return [];
  for (const message of messages) {
    hide(world, message, world.now + Number(queue.attributes['VisibilityTimeout']) * 1000);
    message.dequeueCount += 1;
    message.firstDequeuedAt ??= world.now;
  }
  const decode = part(parameters, 'isBase64Decode') !== false;
  const events = messages.map((message) =>
    inSchema(each.trigger, eventOf(world, queue.name, message, decode)),
  );
  const taken = { queue: queue.name, messageIds: messages.map(({ id }) => id) };
  return [{ ...deliveryOf(each, JSON.stringify(events), world.now), taken }];
}

/** One message as an event. It has no handle: what arrived is deleted by the stream. */
function eventOf(
  world: World,
  queue: string,
  { id, body }: Message,
  decode: boolean,
): Record<string, unknown> {
  const { account, region, now } = world;
  return {
    id,
    source: queue,
    specversion: '1.0',
    type: 'mns:Queue:SendMessage',
    datacontenttype: 'application/json; charset=utf-8',
    subject: `acs:mns:${region}:${account}:queues/${queue}`,
    time: toSeconds(now),
    aliyunaccountid: account,
    aliyunregionid: region,
    aliyunpublishtime: toSeconds(now),
    data: { requestId: id, messageId: id, messageBody: decode ? decoded(body) : body },
  };
}

function decoded(body: string): string {
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(body) && body.length % 4 === 0;
  return isBase64 ? Buffer.from(body, 'base64').toString('utf8') : body;
}

import { ApiError } from '../core/call';
import type { WireAnswer, WireRequest } from '../core/http';
import type { Queue, World } from '../core/world';
import { renderXml, type Xml } from '../core/xml';

/** One MNS operation: reads or changes the world, answers, or throws `ApiError`. */
export type MnsOperation = (world: World, request: WireRequest, queueName: string) => WireAnswer;

const namespace = 'http://mns.aliyuncs.com/doc/v1/';

/** An answer whose body is one XML document. */
export function xmlAnswer(status: number, root: string, content: Xml): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=utf-8' },
    body: renderXml(root, content, namespace),
  };
}

/** The named queue, or the refusal `QueueNotExist`. */
export function queueOf(world: World, name: string): Queue {
  const queue = world.queues.get(name);
  if (queue === undefined) {
    throw new ApiError(404, 'QueueNotExist', 'The queue name you provided is not exist.');
  }
  return queue;
}

/** A name that a queue may have. */
export function needQueueName(name: string): string {
  if (name.length > 120)
    throw new ApiError(400, 'QueueNameLengthError', 'Queue name length should be 1 to 120.');
  if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(name)) {
    throw new ApiError(400, 'InvalidQueueName', 'The queue name you provided is invalid.');
  }
  return name;
}

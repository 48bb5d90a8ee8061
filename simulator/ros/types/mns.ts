import * as z from 'zod';
import { ApiError } from '../../core/call';
import type { World } from '../../core/world';
import { initialAttributes, readAttributes } from '../../mns/attributes';
import { needQueueName, queueOf } from '../../mns/operation';
import { flag, resourceType, tagList, text, whole, type Made } from './type';

const properties = z.object({
  QueueName: z.string(),
  DelaySeconds: text.optional(),
  MaximumMessageSize: text.optional(),
  MessageRetentionPeriod: text.optional(),
  VisibilityTimeout: text.optional(),
  PollingWaitSeconds: text.optional(),
  LoggingEnabled: flag.optional(),
  DlqPolicy: z
    .strictObject({
      Enabled: flag,
      DeadLetterTargetQueue: z.string().optional(),
      MaxReceiveCount: whole.optional(),
    })
    .optional(),
  Tags: tagList.optional(),
});
type Properties = z.output<typeof properties>;

/** https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-mns-queue */
export const queue = resourceType(properties, {
  immutable: ['QueueName'],
  attributes: ['QueueName', 'QueueUrl', 'Arn'],
  calls: { product: 'mns', create: 'CreateQueue', update: 'SetQueueAttributes', remove: 'DeleteQueue' },
  create: (world, given) => {
    const name = needQueueName(given.QueueName);
    if (world.queues.has(name)) {
      throw new ApiError(409, 'QueueAlreadyExist', 'The queue you want to create is already exist.');
    }
    const attributes = initialAttributes(attributesOf(given));
    world.queues.set(name, {
      name,
      attributes,
      createdAt: world.now,
      messages: [],
      ...deadLettersOf(world, given),
    });
    return made(world, name);
  },
  update: (world, name, given) => {
    const known = queueOf(world, name);
    Object.assign(known.attributes, initialAttributes(attributesOf(given)));
    delete known.deadLetters;
    Object.assign(known, deadLettersOf(world, given), { modifiedAt: world.now });
    return made(world, name);
  },
  remove: (world, name) => void world.queues.delete(name),
});

function attributesOf({ QueueName: _, DlqPolicy: __, Tags: ___, LoggingEnabled, ...numbers }: Properties) {
  return readAttributes({
    ...numbers,
    ...(LoggingEnabled !== undefined && { LoggingEnabled: String(LoggingEnabled) }),
  });
}

function deadLettersOf(world: World, { DlqPolicy }: Properties) {
  if (DlqPolicy?.Enabled !== true) return {};
  const target = queueOf(world, DlqPolicy.DeadLetterTargetQueue ?? '');
  return { deadLetters: { queue: target.name, maxReceiveCount: DlqPolicy.MaxReceiveCount ?? 3 } };
}

function made({ account, region }: World, name: string): Made {
  return {
    physicalId: name,
    attributes: {
      QueueName: name,
      QueueUrl: `http://${account}.mns.${region}.aliyuncs.com/queues/${name}`,
      Arn: `acs:mns:${region}:${account}:/queues/${name}`,
    },
  };
}

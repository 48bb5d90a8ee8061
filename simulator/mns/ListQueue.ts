import { describeQueue, readInteger } from './attributes';
import { xmlAnswer, type MnsOperation } from './operation';

/** Prefix, marker and page size travel as headers. https://www.alibabacloud.com/help/en/mns/developer-reference/listqueue */
export const ListQueue: MnsOperation = (world, request) => {
  const { headers } = request;
  const prefix = headers['x-mns-prefix'] ?? '';
  const marker = headers['x-mns-marker'] ?? '';
  const size = readInteger('x-mns-ret-number', headers['x-mns-ret-number'] ?? '1000', 1, 1000);
  const withMeta = headers['x-mns-with-meta'] === 'true';
  const names = [...world.queues.keys()].sort().filter((name) => name.startsWith(prefix) && name >= marker);
  const root = `http://${headers['host'] ?? ''}/queues/`;
  return xmlAnswer(200, 'Queues', {
    Queue: names.slice(0, size).map((name) => {
      const queue = world.queues.get(name);
      return {
        QueueURL: root + name,
        ...(withMeta && queue !== undefined ? describeQueue(world, queue) : {}),
      };
    }),
    NextMarker: names[size],
  });
};

import { messageNotExist, pickVisible } from './messages';
import { queueOf, xmlAnswer, type MnsOperation } from './operation';
import { contentOf, readBatchSize } from './ReceiveMessage';
import type { Message } from '../core/world';

/** Shows a visible message and changes nothing. https://www.alibabacloud.com/help/en/mns/developer-reference/peekmessage */
export const PeekMessage: MnsOperation = (world, _request, queueName) => {
  const [message] = pickVisible(queueOf(world, queueName), 1, world.now);
  if (message === undefined) throw messageNotExist();
  return xmlAnswer(200, 'Message', peek(message));
};

/** https://www.alibabacloud.com/help/en/mns/developer-reference/batchpeekmessage */
export const BatchPeekMessage: MnsOperation = (world, request, queueName) => {
  const messages = pickVisible(queueOf(world, queueName), readBatchSize(request), world.now);
  if (messages.length === 0) throw messageNotExist();
  return xmlAnswer(200, 'Messages', { Message: messages.map(peek) });
};

function peek(message: Message): Record<string, string> {
  return { MessageId: message.id, ...contentOf(message) };
}

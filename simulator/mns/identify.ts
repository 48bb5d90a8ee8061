import type { WireRequest } from '../core/http';

export interface MnsCall {
  /** The operation's name in the API, batch forms under their own name. */
  readonly action: string;
  /** The queue it is about; empty for ListQueue. */
  readonly queue: string;
}

/**
 * Tells which operation a request under `/queues` asks for, or `undefined` when there is none like it.
 * Batch receive and peek differ from the single ones only by `numOfMessages`; batch send and delete only by
 * their body. https://www.alibabacloud.com/help/en/mns/developer-reference/api-reference/
 */
export function identifyMns(request: WireRequest): MnsCall | undefined {
  const [, root, queue, messages, ...rest] = request.path.split('/');
  if (root !== 'queues' || rest.length > 0 || (messages !== undefined && messages !== 'messages'))
    return undefined;
  if (queue === undefined || queue === '') {
    return request.method === 'GET' && messages === undefined
      ? { action: 'ListQueue', queue: '' }
      : undefined;
  }
  const action = messages === undefined ? queueAction(request) : messageAction(request);
  return action === undefined ? undefined : { action, queue: decodeURIComponent(queue) };
}

/** One query parameter, whatever the case of its name: official clients differ in it. */
export function queryParameter(request: WireRequest, name: string): string | undefined {
  for (const [key, value] of request.query) if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}

function queueAction(request: WireRequest): string | undefined {
  if (request.method === 'PUT') {
    return queryParameter(request, 'metaoverride') === 'true' ? 'SetQueueAttributes' : 'CreateQueue';
  }
  return { GET: 'GetQueueAttributes', DELETE: 'DeleteQueue' }[request.method];
}

function messageAction(request: WireRequest): string | undefined {
  const has = (name: string) => queryParameter(request, name) !== undefined;
  switch (request.method) {
    case 'POST':
      return /<Messages[\s>]/.test(request.body.toString('utf8')) ? 'BatchSendMessage' : 'SendMessage';
    case 'GET': {
      const verb = queryParameter(request, 'peekonly') === 'true' ? 'Peek' : 'Receive';
      return has('numOfMessages') ? `Batch${verb}Message` : `${verb}Message`;
    }
    case 'DELETE':
      return has('ReceiptHandle') || request.body.length === 0 ? 'DeleteMessage' : 'BatchDeleteMessage';
    case 'PUT':
      return 'ChangeMessageVisibility';
    default:
      return undefined;
  }
}

import { authorizeOn } from '../access/authorize';
import { named } from '../access/resources';
import { ApiError } from '../core/call';
import { exchange } from '../core/exchange';
import type { WireAnswer, WireRequest } from '../core/http';
import { callerOf } from '../core/keys';
import type { Resource } from '../core/policy';
import type { World } from '../core/world';
import { BatchDeleteMessage, DeleteMessage } from './DeleteMessage';
import { ChangeMessageVisibility } from './ChangeMessageVisibility';
import { CreateQueue } from './CreateQueue';
import { DeleteQueue } from './DeleteQueue';
import { GetQueueAttributes } from './GetQueueAttributes';
import { identifyMns, type MnsCall } from './identify';
import { ListQueue } from './ListQueue';
import { xmlAnswer, type MnsOperation } from './operation';
import { BatchPeekMessage, PeekMessage } from './PeekMessage';
import { BatchReceiveMessage, ReceiveMessage } from './ReceiveMessage';
import { BatchSendMessage, SendMessage } from './SendMessage';
import { SetQueueAttributes } from './SetQueueAttributes';
import { unknownKey, verifySignature } from './signature';

const reads: Readonly<Record<string, MnsOperation>> = {
  GetQueueAttributes,
  ListQueue,
  ReceiveMessage,
  BatchReceiveMessage,
  PeekMessage,
  BatchPeekMessage,
};

/** Calls that the record of writes shows. Receiving leases a message, but leaves nothing behind. */
const writes: Readonly<Record<string, MnsOperation>> = {
  CreateQueue,
  SetQueueAttributes,
  DeleteQueue,
  SendMessage,
  BatchSendMessage,
  DeleteMessage,
  BatchDeleteMessage,
  ChangeMessageVisibility,
};

/** Answers one request under `/queues` or `/topics`: signature, operation, faults, errors in the service's XML. */
export async function answerMns(world: World, request: WireRequest): Promise<WireAnswer> {
  const requestId = newRequestId(world);
  const refuse = (error: ApiError) => errorAnswer(request, requestId, error);
  try {
    const call = identifyMns(request);
    const operation = call && (reads[call.action] ?? writes[call.action]);
    if (call === undefined || operation === undefined) {
      throw new ApiError(
        400,
        'InvalidRequestURL',
        `The simulator does not know ${request.method} ${request.path}.`,
      );
    }
    const caller = callerOf(verifySignature(world, request));
    const answer = await exchange(world, {
      product: 'mns',
      action: call.action,
      subject: `${call.queue} ${request.rawUrl} ${readableBody(request)}`,
      target: call.queue,
      params: paramsOf(request),
      mutates: call.action in writes,
      answer: () => {
        authorizeOn(world, caller, { product: 'mns', action: call.action }, resourceOf(world, call));
        return operation(world, request, call.queue);
      },
      reused: request.reused,
      tokenExpired: unknownKey,
      refuse,
    });
    return withStandardHeaders(answer, requestId);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return withStandardHeaders(refuse(error), requestId);
  }
}

/** Messages are a resource of their own. https://www.alibabacloud.com/help/en/mns/developer-reference/ram-authorization */
function resourceOf(world: World, { action, queue }: MnsCall): readonly Resource[] {
  if (queue === '') return named(world, 'mns', '/queues');
  return named(world, 'mns', `/queues/${queue}${/Message/.test(action) ? '/messages' : ''}`);
}

/** All four children, always: a known client breaks when one is missing. */
function errorAnswer(request: WireRequest, requestId: string, error: ApiError): WireAnswer {
  return xmlAnswer(error.status, 'Error', {
    // Flow control has a code of its own here.
    Code: error.code.startsWith('Throttling') ? 'QpsLimitExceeded' : error.code,
    Message: error.message,
    RequestId: requestId,
    HostId: `http://${request.headers['host'] ?? ''}`,
  });
}

function withStandardHeaders(answer: WireAnswer, requestId: string): WireAnswer {
  return {
    ...answer,
    headers: { 'x-mns-request-id': requestId, 'x-mns-version': '2015-06-06', ...answer.headers },
  };
}

function newRequestId(world: World): string {
  world.requests += 1;
  return `5F290C92${world.requests.toString(16).toUpperCase().padStart(16, '0')}`;
}

/** The body with its base64 texts decoded, so that a fault can be aimed at what a message says. */
function readableBody(request: WireRequest): string {
  return request.body
    .toString('utf8')
    .replace(
      /<MessageBody>([^<]*)<\/MessageBody>/g,
      (_, text: string) => ` ${Buffer.from(text, 'base64').toString('utf8')} `,
    );
}

function paramsOf(request: WireRequest): Record<string, unknown> {
  const body = request.body.length === 0 ? {} : { body: request.body.toString('utf8') };
  return { ...Object.fromEntries(request.query), ...body };
}

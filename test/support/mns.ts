import { createRequire } from 'node:module';
import type { Simulator } from './simulator';

type Fields = Record<string, string>;
interface Answer<Body> {
  readonly code: number;
  readonly headers: Fields;
  readonly body: Body;
}

/** The whole of the official client, which comes without types, as these suites use it. */
export interface MnsClient {
  createQueue(name: string, attributes?: object): Promise<Answer<undefined>>;
  setQueueAttributes(name: string, attributes: object): Promise<Answer<undefined>>;
  getQueueAttributes(name: string): Promise<Answer<Fields>>;
  deleteQueue(name: string): Promise<Answer<undefined>>;
  listQueue(start?: string, limit?: number, prefix?: string): Promise<Answer<Fields[]>>;
  sendMessage(queue: string, message: object): Promise<Answer<Fields>>;
  batchSendMessage(queue: string, messages: object[]): Promise<Answer<Fields[]>>;
  receiveMessage(queue: string, waitSeconds?: number): Promise<Answer<Fields>>;
  batchReceiveMessage(queue: string, count: number, waitSeconds?: number): Promise<Answer<Fields[]>>;
  peekMessage(queue: string): Promise<Answer<Fields>>;
  batchPeekMessage(queue: string, count: number): Promise<Answer<Fields[]>>;
  deleteMessage(queue: string, handle: string): Promise<Answer<undefined>>;
  batchDeleteMessage(queue: string, handles: string[]): Promise<Answer<Fields[] | undefined>>;
  changeMessageVisibility(queue: string, handle: string, seconds: number): Promise<Answer<Fields>>;
}
type Constructor = new (account: string, config: object) => MnsClient;

/** The official client, pointed at the simulator; `keys` replace the right ones. */
export function mnsClient(sim: Simulator, keys: object = {}): MnsClient {
  const Client = createRequire(__filename)('@alicloud/mns/lib/client.js') as Constructor;
  const { endpoint, accessKeyId, accessKeySecret } = sim;
  return new Client(sim.account, { endpoint, accessKeyId, accessKeySecret, ...keys });
}

/** The name of the error a call fails with; the client puts the code into it. */
export function nameOf(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => undefined,
    (error: Error) => error.name,
  );
}

import { mnsClient, nameOf } from '../support/mns';
import type { MnsClient } from '../support/mns';
import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

let sim: Simulator;
let mns: MnsClient;
beforeEach(async () => {
  sim = await startSimulator({ queues: [{ name: 'runs', visibilityTimeout: 180 }] });
  mns = mnsClient(sim);
});
afterEach(() => sim.close());

const send = (text: string, more: object = {}) =>
  mns.sendMessage('runs', { MessageBody: Buffer.from(text).toString('base64'), ...more });

describe('a queue', () => {
  it('is created with 201, again with 204, and not with other attributes', async () => {
    expect((await mns.createQueue('new', { VisibilityTimeout: 60 })).code).toBe(201);
    expect((await mns.createQueue('new', { VisibilityTimeout: 60 })).code).toBe(204);
    expect(await nameOf(mns.createQueue('new', { VisibilityTimeout: 61 }))).toBe('MNSQueueAlreadyExistError');
  });

  it('answers its address when it is created', async () => {
    const { headers } = await mns.createQueue('new');
    expect(headers.location).toBe(`${sim.endpoint}/queues/new`);
  });

  it('has defaults for the attributes nobody gave', async () => {
    expect((await mns.getQueueAttributes('runs')).body).toEqual({
      QueueName: 'runs',
      CreateTime: '1794899400',
      LastModifyTime: '1794899400',
      DelaySeconds: '0',
      MaximumMessageSize: '65536',
      MessageRetentionPeriod: '345600',
      VisibilityTimeout: '180',
      PollingWaitSeconds: '0',
      LoggingEnabled: 'False',
      ActiveMessages: '0',
      InactiveMessages: '0',
      DelayMessages: '0',
    });
  });

  it('counts its messages, unless the counts have become 0', async () => {
    await send('leased');
    await mns.receiveMessage('runs');
    await send('visible');
    await send('delayed', { DelaySeconds: 60 });
    const counts = async () => {
      const { body } = await mns.getQueueAttributes('runs');
      return [body.ActiveMessages, body.InactiveMessages, body.DelayMessages];
    };
    expect(await counts()).toEqual(['1', '1', '1']);
    await sim.knock('PUT', '/switches', { mnsCountsAreZero: true });
    expect(await counts()).toEqual(['0', '0', '0']);
  });

  it('takes other attributes later', async () => {
    await sim.advance(5000);
    expect((await mns.setQueueAttributes('runs', { VisibilityTimeout: 20 })).code).toBe(204);
    const { body } = await mns.getQueueAttributes('runs');
    expect([body.VisibilityTimeout, body.LastModifyTime]).toEqual(['20', '1794899405']);
  });

  it.each([
    ['VisibilityTimeout', 0],
    ['VisibilityTimeout', 43_201],
    ['DelaySeconds', 604_801],
    ['MessageRetentionPeriod', 59],
    ['MaximumMessageSize', 1023],
  ])('refuses %s of %d', async (name, value) => {
    expect(await nameOf(mns.createQueue('new', { [name]: value }))).toBe('MNSInvalidArgumentError');
  });

  it.each(['-runs', 'ru_ns'])('cannot be called %s', async (name) => {
    expect(await nameOf(mns.createQueue(name))).toBe('MNSInvalidQueueNameError');
  });

  it('can be deleted, and then does not exist', async () => {
    expect((await mns.deleteQueue('runs')).code).toBe(204);
    expect((await mns.deleteQueue('runs')).code).toBe(204);
    expect(await nameOf(mns.getQueueAttributes('runs'))).toBe('MNSQueueNotExistError');
    expect(await nameOf(send('x'))).toBe('MNSQueueNotExistError');
  });

  it('is listed by prefix', async () => {
    await mns.createQueue('other');
    const { body } = await mns.listQueue('', 10, 'ru');
    expect(body).toEqual([{ QueueURL: `${sim.endpoint}/queues/runs` }]);
  });
});

describe('a message', () => {
  it('is answered with the MD5 of its body as it was sent, and without a handle', async () => {
    const { code, body } = await mns.sendMessage('runs', { MessageBody: 'eyJhIjoxfQ==' });
    expect(code).toBe(201);
    expect(body.MessageBodyMD5).toBe('6F659EDDD40C7BD83770A956F40267B2');
    expect(body.ReceiptHandle).toBeUndefined();
  });

  it('is hidden by a receive until its lease is over, then counts a second one', async () => {
    await send('one');
    const first = (await mns.receiveMessage('runs')).body;
    expect([first.DequeueCount, first.NextVisibleTime]).toEqual(['1', '1794899580000']);
    await sim.advance(179_999);
    expect(await nameOf(mns.receiveMessage('runs'))).toBe('MNSMessageNotExistError');
    await sim.advance(1);
    const second = (await mns.receiveMessage('runs')).body;
    expect([second.MessageId, second.DequeueCount, second.FirstDequeueTime]).toEqual([
      first.MessageId,
      '2',
      '1794899400000',
    ]);
    expect(second.ReceiptHandle).not.toBe(first.ReceiptHandle);
  });

  it('can no longer be deleted with the handle of a lease that is over', async () => {
    await send('one');
    const { ReceiptHandle = '' } = (await mns.receiveMessage('runs')).body;
    await sim.advance(180_000);
    expect(await nameOf(mns.deleteMessage('runs', ReceiptHandle))).toBe('MNSMessageNotExistError');
  });

  it('is deleted with a living handle', async () => {
    await send('one');
    const { ReceiptHandle = '' } = (await mns.receiveMessage('runs')).body;
    expect((await mns.deleteMessage('runs', ReceiptHandle)).code).toBe(204);
    expect(await nameOf(mns.deleteMessage('runs', ReceiptHandle))).toBe('MNSMessageNotExistError');
  });

  it('tells a handle that never was one from a dead one', async () => {
    expect(await nameOf(mns.deleteMessage('runs', 'garbage'))).toBe('MNSReceiptHandleErrorError');
  });

  it('gets a new handle with every change of visibility, counted from the change', async () => {
    await send('one');
    const { ReceiptHandle = '' } = (await mns.receiveMessage('runs')).body;
    await sim.advance(100_000);
    const changed = (await mns.changeMessageVisibility('runs', ReceiptHandle, 300)).body;
    expect(changed.NextVisibleTime).toBe('1794899800000');
    expect(await nameOf(mns.deleteMessage('runs', ReceiptHandle))).toBe('MNSMessageNotExistError');
    expect((await mns.deleteMessage('runs', changed.ReceiptHandle ?? '')).code).toBe(204);
  });

  it('cannot be released with a visibility of 0', async () => {
    await send('one');
    const { ReceiptHandle = '' } = (await mns.receiveMessage('runs')).body;
    expect(await nameOf(mns.changeMessageVisibility('runs', ReceiptHandle, 0))).toBe(
      'MNSInvalidArgumentError',
    );
  });

  it('shows itself to a peek without handle and without counting', async () => {
    await send('one');
    const { body } = await mns.peekMessage('runs');
    expect([body.DequeueCount, body.ReceiptHandle, body.NextVisibleTime]).toEqual([
      '0',
      undefined,
      undefined,
    ]);
    expect((await mns.receiveMessage('runs')).body.DequeueCount).toBe('1');
    expect(await nameOf(mns.peekMessage('runs'))).toBe('MNSMessageNotExistError');
  });

  it('is hidden while delayed, and can be called back with the handle of its sending', async () => {
    const { ReceiptHandle = '' } = (await send('one', { DelaySeconds: 60 })).body;
    expect(await nameOf(mns.receiveMessage('runs', 5))).toBe('MNSMessageNotExistError');
    expect(await nameOf(mns.peekMessage('runs'))).toBe('MNSMessageNotExistError');
    expect((await mns.deleteMessage('runs', ReceiptHandle)).code).toBe(204);
    await sim.advance(60_000);
    expect(await nameOf(mns.receiveMessage('runs'))).toBe('MNSMessageNotExistError');
  });

  it('appears when its delay is over', async () => {
    await send('one', { DelaySeconds: 60 });
    await sim.advance(60_000);
    expect((await mns.receiveMessage('runs')).body.DequeueCount).toBe('1');
  });

  it('is gone when its retention is over, delayed and leased ones too', async () => {
    await mns.createQueue('short', { MessageRetentionPeriod: 60, VisibilityTimeout: 600 });
    await mns.sendMessage('short', { MessageBody: 'YQ==' });
    await mns.sendMessage('short', { MessageBody: 'Yg==', DelaySeconds: 90 });
    const { ReceiptHandle = '' } = (await mns.receiveMessage('short')).body;
    await sim.advance(60_000);
    expect(await nameOf(mns.deleteMessage('short', ReceiptHandle))).toBe('MNSMessageNotExistError');
    await sim.advance(30_000);
    expect(await nameOf(mns.receiveMessage('short'))).toBe('MNSMessageNotExistError');
  });

  it('comes before those of lower priority, and after older ones of the same', async () => {
    await send('low', { Priority: 9 });
    await send('first', { Priority: 2 });
    await sim.advance(1000);
    await send('second', { Priority: 2 });
    const { body } = await mns.batchReceiveMessage('runs', 16);
    expect(body.map((one) => Buffer.from(one.MessageBody ?? '', 'base64').toString())).toEqual([
      'first',
      'second',
      'low',
    ]);
  });

  it('breaks the document when its body is not escaped', async () => {
    expect(await nameOf(mns.sendMessage('runs', { MessageBody: 'a<b' }))).toBe('MNSMalformedXMLError');
  });

  it('may be as long as the queue allows and no longer', async () => {
    expect((await mns.sendMessage('runs', { MessageBody: 'x'.repeat(65_536) })).code).toBe(201);
    const tooLong = mns.sendMessage('runs', { MessageBody: 'x'.repeat(65_537) });
    expect(await nameOf(tooLong)).toBe('MNSInvalidArgumentError');
  });
});

describe('a batch', () => {
  it('hands out at most 16 messages', async () => {
    await mns.batchSendMessage(
      'runs',
      Array.from({ length: 16 }, () => ({ MessageBody: 'eA==' })),
    );
    await send('one more');
    expect((await mns.batchPeekMessage('runs', 16)).body).toHaveLength(16);
    expect((await mns.batchReceiveMessage('runs', 16)).body).toHaveLength(16);
    expect((await mns.batchReceiveMessage('runs', 16)).body).toHaveLength(1);
    expect(await nameOf(mns.batchReceiveMessage('runs', 17))).toBe('MNSInvalidArgumentError');
  });

  it('keeps its good messages when one is refused', async () => {
    const { code, body } = await mns.batchSendMessage('runs', [
      { MessageBody: 'eA==', Priority: 17 },
      { MessageBody: 'eQ==' },
    ]);
    expect(code).toBe(500);
    expect(body[0]?.ErrorCode).toBe('InvalidArgument');
    expect((await mns.receiveMessage('runs')).body.MessageId).toBe(body[1]?.MessageId);
  });

  it('of deletions names the handles that failed and deletes the others', async () => {
    await send('one');
    const { ReceiptHandle = '' } = (await mns.receiveMessage('runs')).body;
    const { code, body } = await mns.batchDeleteMessage('runs', [ReceiptHandle, 'garbage']);
    expect(code).toBe(404);
    expect(body).toEqual([
      {
        ErrorCode: 'ReceiptHandleError',
        ErrorMessage: 'The receipt handle you provided is not valid.',
        ReceiptHandle: 'garbage',
      },
    ]);
    expect(await nameOf(mns.deleteMessage('runs', ReceiptHandle))).toBe('MNSMessageNotExistError');
  });

  it('of deletions that all worked has no body', async () => {
    await send('one');
    const { ReceiptHandle = '' } = (await mns.receiveMessage('runs')).body;
    expect(await mns.batchDeleteMessage('runs', [ReceiptHandle])).toMatchObject({
      code: 204,
      body: undefined,
    });
  });
});

describe('a queue with a dead-letter policy', () => {
  const policy = { deadLetterTargetQueue: 'dead', maxReceiveCount: 2 };
  const deploy = (dlqPolicy: object) =>
    sim.knock('PUT', '/queues', {
      queues: [
        { name: 'runs', visibilityTimeout: 180, messageRetentionPeriod: 600, dlqPolicy },
        { name: 'dead', messageRetentionPeriod: 600 },
      ],
    });
  const receiveTwice = async () => {
    await mns.receiveMessage('runs');
    await sim.advance(180_000);
    await mns.batchReceiveMessage('runs', 16);
    await sim.advance(180_000);
  };

  it('gives a message to the other queue instead of receiving it once too often', async () => {
    await deploy(policy);
    const { MessageId } = (await send('poison')).body;
    await receiveTwice();
    expect(await nameOf(mns.peekMessage('dead'))).toBe('MNSMessageNotExistError');
    expect(await nameOf(mns.receiveMessage('runs'))).toBe('MNSMessageNotExistError');
    expect((await mns.peekMessage('dead')).body).toMatchObject({ MessageId, DequeueCount: '2' });
    const { body } = await mns.receiveMessage('dead');
    expect([body.MessageId, body.MessageBody]).toEqual([MessageId, 'cG9pc29u']);
    expect((await mns.deleteMessage('dead', body.ReceiptHandle ?? '')).code).toBe(204);
  });

  it('hands out the others in the same batch', async () => {
    await deploy(policy);
    await send('poison');
    await receiveTwice();
    await send('good');
    const { body } = await mns.batchReceiveMessage('runs', 16);
    expect(body.map((one) => one.MessageBody)).toEqual(['Z29vZA==']);
    expect((await mns.batchPeekMessage('dead', 16)).body).toHaveLength(1);
  });

  it('does not make it any younger', async () => {
    await deploy(policy);
    await send('poison');
    await receiveTwice();
    expect(await nameOf(mns.receiveMessage('runs'))).toBe('MNSMessageNotExistError');
    await sim.advance(239_999);
    expect((await mns.peekMessage('dead')).code).toBe(200);
    await sim.advance(1);
    expect(await nameOf(mns.peekMessage('dead'))).toBe('MNSMessageNotExistError');
  });

  it('keeps it as before when the policy is not enabled', async () => {
    await deploy({ ...policy, enabled: false });
    await send('poison');
    await receiveTwice();
    expect((await mns.receiveMessage('runs')).body.DequeueCount).toBe('3');
  });

  it('keeps its messages when it is deployed again, and names no queue that is not there', async () => {
    await send('one');
    await deploy(policy);
    expect((await mns.receiveMessage('runs')).body.DequeueCount).toBe('1');
    await expect(deploy({ ...policy, deadLetterTargetQueue: 'nowhere' })).rejects.toThrow(
      'queues.runs.dlqPolicy.deadLetterTargetQueue: found nowhere; expected another queue: dead',
    );
  });
});

describe('a request', () => {
  it('is refused with the wrong secret or an unknown key', async () => {
    const wrong = mnsClient(sim, { accessKeySecret: 'other' });
    expect(await nameOf(wrong.receiveMessage('runs'))).toBe('MNSSignatureDoesNotMatchError');
    const unknown = mnsClient(sim, { accessKeyId: 'LTAIother' });
    expect(await nameOf(unknown.receiveMessage('runs'))).toBe('MNSInvalidAccessKeyIdError');
  });

  it('is refused when its date is more than 15 minutes off', async () => {
    const headers = {
      'x-mns-version': '2015-06-06',
      date: 'Tue, 02 Mar 2021 00:00:00 GMT',
      authorization: 'MNS x:y',
    };
    const key = { authorization: `MNS ${sim.accessKeyId}:y` };
    const response = await fetch(`${sim.endpoint}/queues/runs`, { headers: { ...headers, ...key } });
    expect([response.status, /<Code>(\w+)</.exec(await response.text())?.[1]]).toEqual([408, 'TimeExpired']);
  });

  it('that fails is answered with code, message, request id and host', async () => {
    const response = await fetch(`${sim.endpoint}/queues/runs`, {
      headers: { 'x-mns-version': '2015-06-06' },
    });
    const body = await response.text();
    expect(response.headers.get('content-type')).toBe('text/xml;charset=utf-8');
    expect([...body.matchAll(/<(\w+)>/g)].map(([, name]) => name)).toEqual([
      'Code',
      'Message',
      'RequestId',
      'HostId',
    ]);
  });
});

describe('the record', () => {
  it('shows what was written and counts every call', async () => {
    await send('one');
    await mns.receiveMessage('runs');
    const { writes } = await sim.knock('GET', '/writes');
    expect(writes).toMatchObject([
      { product: 'mns', action: 'SendMessage', target: 'runs', outcome: 'done' },
    ]);
    const { calls } = await sim.knock('GET', '/calls');
    expect(calls).toEqual([
      { product: 'mns', action: 'SendMessage', count: 1 },
      { product: 'mns', action: 'ReceiveMessage', count: 1 },
    ]);
  });
});

describe('a message that the cloud mishandles on demand', () => {
  it('is lost although its sending was answered', async () => {
    await sim.knock('POST', '/faults', { name: 'message-lost' });
    expect((await send('one')).code).toBe(201);
    expect(await nameOf(mns.receiveMessage('runs'))).toBe('MNSMessageNotExistError');
  });

  it('is delivered twice', async () => {
    await sim.knock('POST', '/faults', { name: 'message-repeated' });
    const { MessageId } = (await send('one')).body;
    const { body } = await mns.batchReceiveMessage('runs', 16);
    expect(body.map((one) => one.MessageId)).toEqual([MessageId, MessageId]);
    expect(body[0]?.ReceiptHandle).not.toBe(body[1]?.ReceiptHandle);
  });

  it('comes late', async () => {
    await sim.knock('POST', '/faults', { name: 'message-late', options: { seconds: '30' } });
    await send('one');
    await sim.advance(29_999);
    expect(await nameOf(mns.receiveMessage('runs'))).toBe('MNSMessageNotExistError');
    await sim.advance(1);
    expect((await mns.receiveMessage('runs')).code).toBe(200);
  });

  it('comes before its delay is over', async () => {
    await sim.knock('POST', '/faults', { name: 'message-early' });
    await send('one', { DelaySeconds: 60 });
    expect((await mns.receiveMessage('runs')).code).toBe(200);
  });

  it('is found by what it says', async () => {
    await sim.knock('POST', '/faults', { name: 'message-lost', target: 'run-7' });
    await send('{"run":"run-6"}');
    await send('{"run":"run-7"}');
    expect((await mns.batchReceiveMessage('runs', 16)).body).toHaveLength(1);
  });

  it('is sent although the answer never comes', async () => {
    await sim.knock('POST', '/faults', { name: 'drop-after', product: 'mns', action: 'SendMessage' });
    await expect(send('one')).rejects.toThrow();
    expect((await mns.receiveMessage('runs')).code).toBe(200);
  });

  it('is refused by flow control, which has a code of its own here', async () => {
    await sim.knock('POST', '/faults', { name: 'throttle', product: 'mns', action: 'SendMessage' });
    expect(await nameOf(send('one'))).toBe('MNSQpsLimitExceededError');
  });

  it('meets a gateway that answers HTML', async () => {
    await sim.knock('POST', '/faults', { name: 'html-503', product: 'mns' });
    expect(await mns.receiveMessage('runs')).toEqual({ code: 503, headers: {}, body: undefined });
  });
});

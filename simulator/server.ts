import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import fastify from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerControl } from './control';
import type { WireAnswer, WireRequest } from './core/http';
import type { World } from './core/world';
import { everywhere } from './core/worlds';
import { answerFc } from './fc/answer';
import { endInstances } from './fc/instances';
import { answerMns } from './mns';
import { answerOpenApi } from './openapi/answer';
import { worldOf } from './openapi/where';
import { answerOss } from './oss';
import { hasBucketHost } from './oss/address';

export interface Server {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** Serves the world on one loopback port; port 0 takes a free one. */
export async function serve(world: World, port = 0): Promise<Server> {
  const app = fastify({ bodyLimit: 64 * 1024 * 1024, exposeHeadRoutes: false, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
    url: '*',
    handler: async (request, reply) => send(await route(world, toWire(request), endpoint), request, reply),
  });
  const endpoint = await app.listen({ host: '127.0.0.1', port });
  const close = async () => {
    for (const each of everywhere(world)) endInstances(each);
    await app.close();
  };
  return { endpoint, close };
}

function route(first: World, request: WireRequest, endpoint: string): WireAnswer | Promise<WireAnswer> {
  if (/^\/_sim(\/|$)/.test(request.path) && !hasBucketHost(request))
    return answerControl(first, request, endpoint);
  const world = worldOf(first, request);
  if (hasBucketHost(request)) return answerOss(world, request);
  if (/^\/(2016-08-15|2023-03-30)\//.test(request.path)) return answerFc(world, request);
  if (/^\/(queues|topics)(\/|$)/.test(request.path)) return answerMns(world, request);
  if (request.path === '/' && isOpenApi(request)) return answerOpenApi(world, request);
  return answerOss(world, request);
}

/** OpenAPI and OSS share `/`: ListBuckets is a GET that names no action. */
function isOpenApi(request: WireRequest): boolean {
  return request.method === 'POST' || request.query.has('Action') || 'x-acs-action' in request.headers;
}

function toWire(request: FastifyRequest): WireRequest {
  const rawUrl = request.raw.url ?? '/';
  const [path = '/', query = ''] = rawUrl.split(/\?(.*)/s);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method,
    rawUrl,
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    receivedAt: Date.now(),
    reused: isReused(request.raw.socket),
  };
}

const used = new WeakSet<Socket>();

/** True from the second request of a connection on. */
function isReused(socket: Socket): boolean {
  const reused = used.has(socket);
  used.add(socket);
  return reused;
}

async function send(answer: WireAnswer, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  // The one place where the machine's time passes: a caller's patience is measured by it.
  if (answer.delayMs !== undefined) await setTimeout(answer.delayMs, undefined, { ref: false });
  if (answer.instead !== undefined) return end(answer.instead, request, reply);
  const { status, headers = {}, body = '' } = answer;
  if (answer.cutOff) return cutOff(answer, request, reply);
  // As text, the body's content type would get a charset that the cloud does not send.
  const payload = headers['content-type'] === undefined ? body : Buffer.from(body);
  return reply.code(status).headers(headers).send(payload);
}

function end(how: WireAnswer['instead'], request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  if (how === 'hang-up') request.raw.socket.destroy();
  if (how === 'reset') request.raw.socket.resetAndDestroy();
  return reply;
}

/** Promises the whole body, sends half of it and resets the connection. */
function cutOff({ status, headers, body = '' }: WireAnswer, request: FastifyRequest, reply: FastifyReply) {
  const whole = Buffer.from(body);
  reply.hijack();
  reply.raw.writeHead(status, { ...headers, 'content-length': Math.max(whole.length, 1) });
  reply.raw.write(whole.subarray(0, Math.floor(whole.length / 2)), () => {
    request.raw.socket.resetAndDestroy();
  });
  return reply;
}

import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { listen } from './listen';
import { createRoundRobin } from './round-robin';

/** A server as the group lists it. */
interface Target {
  readonly name: string;
  readonly port: number;
  readonly weight: number;
  /** What the health check last said. */
  readonly healthy: boolean;
}

/** Stands for one server group of a load balancer. */
export interface Forwarder {
  readonly port: number;
  /** From now on new requests go by these weights; requests that are under way stay where they are. */
  aim(targets: readonly Target[]): void;
  close(): Promise<void>;
}

/**
 * Sends each request on to a healthy server with weight, and never to a second one: 503 when there is none, 502 when the
 * server does not answer, and a connection that breaks off in the midst of an answer breaks off on our side as well.
 */
export async function startForwarder(): Promise<Forwarder> {
  const turns = createRoundRobin();
  let targets: readonly Target[] = [];
  const server = createServer((request, response) => {
    const able = targets.filter(({ healthy }) => healthy);
    const chosen = turns.next(new Map(able.map(({ name, weight }) => [name, weight])));
    const target = able.find(({ name }) => name === chosen);
    if (target === undefined) return void response.writeHead(503).end();
    forward(request, response, target);
  });
  return {
    ...(await listen(server)),
    aim: (next) => void (targets = next),
  };
}

function forward(request: IncomingMessage, response: ServerResponse, { port }: Target): void {
  const sent = ask({ host: '127.0.0.1', port, method: request.method, path: request.url, agent: false });
  sent.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  sent.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, { 'x-server': answer.headers['x-server'] }).flushHeaders();
    pipeline(answer, response, (error) => {
      if (error) response.destroy();
    });
  });
  request.pipe(sent);
}

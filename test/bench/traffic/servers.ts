import { createServer, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { listen } from './listen';

/** A real HTTP server that stands for an instance. It knows the story's time only from what it is told. */
export interface StandIn {
  readonly port: number;
  /** Requests whose answers are under way. */
  inFlight(): number;
  /** Ends every answer that is due by then, in milliseconds of the story's time. */
  finish(now: number): void;
  /** A server that is down resets every connection, those that stand and those that come. */
  setUp(up: boolean): void;
  close(): Promise<void>;
}

/**
 * Answers `GET /` at once, and begins to answer `GET /?until=MILLIS` at once but ends at that instant of the story. The
 * header `x-server` says who answers.
 */
export async function startStandIn(name: string): Promise<StandIn> {
  const sockets = new Set<Socket>();
  const underWay = new Map<ServerResponse, number>();
  let isUp = true;
  const server = createServer((request, response) => {
    const until = new URL(request.url ?? '/', 'http://instance').searchParams.get('until');
    response.setHeader('x-server', name);
    if (until === null) return void response.end('all of it\n');
    response.write('the beginning\n');
    underWay.set(response, Number(until));
    response.once('close', () => underWay.delete(response));
  });
  server.on('connection', (socket) => {
    if (!isUp) return void socket.resetAndDestroy();
    sockets.add(socket.once('close', () => sockets.delete(socket)));
  });
  const { port, close } = await listen(server);
  return {
    port,
    close,
    inFlight: () => underWay.size,
    finish(now) {
      for (const [response, until] of underWay) {
        if (until > now) continue;
        underWay.delete(response);
        response.end('the end\n');
      }
    },
    setUp(up) {
      isUp = up;
      if (up) return;
      for (const socket of sockets) socket.resetAndDestroy();
      underWay.clear();
    },
  };
}

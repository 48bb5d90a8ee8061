import { Agent, get, type IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';

/** What became of the requests so far. A request that is refused, cut off or answered 5xx is lost; nobody tries again. */
export interface Counts {
  readonly sent: number;
  readonly lost: number;
}

export interface Generator {
  /**
   * Sends one request to a forwarder's port and comes back when its answer has begun. `until` is the instant of the
   * story at which a long answer ends.
   */
  send(port: number, until?: number): Promise<void>;
  /** Waits for the end of every answer that is due by then, and of every one from a server that is down. */
  settle(now: number, isUp: (server: string) => boolean): Promise<void>;
  counts(): Counts;
  close(): void;
}

/** A request whose answer has begun. */
interface Flight {
  readonly until: number;
  readonly server: string;
  readonly landed: Promise<void>;
}

export function createGenerator(): Generator {
  const agent = new Agent({ keepAlive: true });
  const flights = new Set<Flight>();
  let sent = 0;
  let lost = 0;
  const landing = async (answer: IncomingMessage) => {
    const isWhole = await finished(answer.resume()).then(
      () => true,
      () => false,
    );
    if (!isWhole || (answer.statusCode ?? 500) >= 500) lost += 1;
  };
  return {
    async send(port, until) {
      sent += 1;
      const answer = await begin(agent, port, until);
      if (answer === undefined) return void (lost += 1);
      const landed = landing(answer);
      if (until === undefined || answer.statusCode !== 200) return landed;
      const flight = { until, server: String(answer.headers['x-server']), landed };
      flights.add(flight);
    },
    async settle(now, isUp) {
      const over = [...flights].filter(({ until, server }) => until <= now || !isUp(server));
      await Promise.all(over.map(({ landed }) => landed));
      for (const flight of over) flights.delete(flight);
    },
    counts: () => ({ sent, lost }),
    close: () => agent.destroy(),
  };
}

/** The answer, of which perhaps only the beginning is there; undefined when there is none. */
function begin(agent: Agent, port: number, until?: number): Promise<IncomingMessage | undefined> {
  const path = until === undefined ? '/' : `/?until=${until}`;
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path, agent }, resolve).on('error', () => resolve(undefined));
  });
}

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Opened {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Opens a server on a free loopback port. Its idle connections stay open: only the story closes them. */
export async function listen(server: Server): Promise<Opened> {
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

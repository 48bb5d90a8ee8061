import * as z from 'zod';
import type { Write } from '../front-door';

const Server = z.looseObject({
  ServerId: z.string(),
  Port: z.coerce.number().optional(),
  Weight: z.coerce.number(),
});

export interface WeightChange {
  readonly server: string;
  readonly port?: number;
  readonly weight: number;
}

/** The queue's and the journals' own traffic is how the program remembers, not something it does to the cloud. */
export function isDeed({ product, outcome }: Write): boolean {
  return outcome === 'done' && product !== 'mns' && product !== 'oss' && product !== 'person';
}

/** Which weights a call to a load balancer sets; empty for every other call. */
export function weightsIn({ params }: Write): readonly WeightChange[] {
  const text = params['BackendServers'];
  if (typeof text !== 'string') return [];
  return z
    .array(Server)
    .parse(JSON.parse(text))
    .map(({ ServerId, Port, Weight }) => ({
      server: ServerId,
      weight: Weight,
      ...(Port !== undefined && { port: Port }),
    }));
}

/** One write in one line: `slb SetBackendServers lb-bp1web0000001: weight 0`. */
export function sayWrite(write: Write): string {
  const { product, action, target, outcome } = write;
  const weights = weightsIn(write).map(({ port, weight }) =>
    port === undefined ? `${weight}` : `${weight} (port ${port})`,
  );
  const detail = weights.length > 0 ? `: weight ${weights.join(', ')}` : nameIn(write);
  return `${product} ${action} ${target}${detail}${outcome === 'refused' ? ' (refused)' : ''}`;
}

function nameIn({ action, params }: Write): string {
  const name = params['Name'];
  return action === 'RunCommand' && typeof name === 'string' ? `: ${name}` : '';
}

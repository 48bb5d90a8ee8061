import * as z from 'zod';
import { connect, machine, type Connection } from '../connect';
import { BadInput } from './exits';

/**
 * Opens the account that the environment names. A simulated cloud counts as one, with its own clock.
 *
 * @throws BadInput with everything that the environment lacks
 */
export async function connectToAccount(environment = machine.environment): Promise<Connection> {
  const now = await clockOf(environment['FAILOVER_ENDPOINT']);
  try {
    return connect({
      requestId: machine.invocation(),
      local: { now, environment, log: () => undefined },
    });
  } catch (error) {
    throw new BadInput(error instanceof Error ? error.message : String(error));
  }
}

/** Half an account is one that is meant: what is missing is told, not simulated. */
export function hasAccount(): boolean {
  const { ALIBABA_CLOUD_ACCESS_KEY_ID: key, FAILOVER_BUCKET: bucket } = machine.environment;
  return Boolean(key) || Boolean(bucket);
}

const Facts = z.object({ now: z.number() });

/** The simulated cloud's clock as of now; the machine's where none answers at the endpoint. */
export async function clockOf(endpoint: string | undefined): Promise<() => number> {
  if (endpoint === undefined || !URL.canParse(endpoint)) return machine.now;
  try {
    const answer = await fetch(new URL('/_sim', endpoint));
    const { now } = Facts.parse(await answer.json());
    return () => now;
  } catch {
    return machine.now;
  }
}

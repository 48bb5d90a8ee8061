import { CloudError } from '../../src/engine/ports';

/** The `CloudError` that a call ends with. */
export async function refusalOf(call: Promise<unknown>): Promise<CloudError> {
  const ended = await call.then(
    (value) => ({ kind: 'answered' as const, value }),
    (error: unknown) => ({ kind: 'failed' as const, error }),
  );
  if (ended.kind === 'failed' && ended.error instanceof CloudError) return ended.error;
  throw new Error(`expected a CloudError; found ${JSON.stringify(ended)}`);
}

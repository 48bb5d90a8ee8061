import { CloudError } from '../../engine/ports';
import { instantOf } from '../shapes';

/** What time it is where the cloud answers, from the `Date` of an answer; whole seconds. */
export async function readClock(address: string, timeoutMs: number): Promise<number> {
  const answer = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs) }).catch(
    (error: unknown) => {
      throw unclear(`${address} does not answer: ${String(error)}`);
    },
  );
  const at = instantOf(answer.headers.get('date'));
  if (at === undefined) throw unclear(`${address} answers without a date`);
  return at;
}

function unclear(message: string): CloudError {
  const detail = { worthRepeating: true, mayHaveWorked: false, product: 'oss', action: 'HEAD' };
  return new CloudError('ConnectionLost', message, detail);
}

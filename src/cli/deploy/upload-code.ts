import type { Buckets } from './ports';
import type { LocalCode } from './local-code';

/**
 * Puts every zip into the code bucket that is not there yet; makes the bucket if there is none.
 *
 * @returns names of the functions whose zip was uploaded
 */
export async function uploadCode(
  buckets: Buckets,
  bucket: string,
  code: readonly LocalCode[],
): Promise<readonly string[]> {
  if ((await buckets.look(bucket)) === 'absent') await buckets.createPrivate(bucket);
  const uploaded: string[] = [];
  for (const { name, key, bytes } of code) {
    if ((await buckets.checksum(bucket, key)) !== undefined) continue;
    await buckets.put(bucket, key, bytes);
    uploaded.push(name);
  }
  return uploaded;
}

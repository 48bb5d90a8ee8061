import { exits } from '../exits';
import type { Installation } from './find-installation';
import type { LocalCode } from './local-code';
import type { Deployment } from './ports';
import { uploadCode } from './upload-code';

/**
 * Gives the functions of a 2.0 installation the code that was built here, past the stack: seconds instead of
 * minutes. The next upgrade brings the stack to the same code.
 *
 * @returns the exit code and what to say
 */
export async function updateCode(
  { buckets, functions }: Deployment,
  { names, generation }: Installation,
  code: readonly LocalCode[],
): Promise<{ readonly exit: number; readonly says: string }> {
  if (generation !== 'fc2') {
    const says =
      '--code-only: found an installation of Function Compute 3.0; expected one of 2.0, or no --code-only';
    return { exit: exits.blocked, says };
  }
  await uploadCode(buckets, names.codeBucket, code);
  const changed: string[] = [];
  for (const { name, key } of code) {
    const of = names.functionOf(name, generation);
    const deployed = await functions.get(of);
    if (deployed?.checksum === (await buckets.checksum(names.codeBucket, key))) continue;
    await functions.updateCode(of, names.codeBucket, key);
    changed.push(of.name);
  }
  const says =
    changed.length === 0 ? 'every function has this code already' : `new code: ${changed.join(', ')}`;
  return { exit: exits.good, says };
}

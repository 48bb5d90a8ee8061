import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['src/playbook', 'src/event'];

/** Digest of the code that makes a configuration of YAML: what another program compiled is compiled anew. */
export function compilerDigest() {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.ts'));
    for (const file of files.sort()) hash.update(`${file}\0${readFileSync(join(folder, file), 'utf8')}\0`);
  }
  return hash.digest('hex').slice(0, 12);
}

/** What a backup holds, and what it could not save. */
export interface Manifest {
  readonly files: number;
  readonly bytes: number;
  readonly unsaved: readonly { readonly path: string; readonly why: string }[];
}

const savedLine = /^[0-9a-f]{64} (\d+) \/.+$/;
const unsavedLine = /^! ([a-z]+) (\/.+)$/;

/** Lines `sha256 size path`, and `! why path`; undefined when one is neither. */
export function readManifest(text: string): Manifest | undefined {
  const lines = text.split('\n').filter((line) => line !== '');
  const saved = lines.flatMap((line) => savedLine.exec(line)?.[1] ?? []);
  const unsaved = lines.flatMap((line) => {
    const [, why, path] = unsavedLine.exec(line) ?? [];
    return why === undefined || path === undefined ? [] : [{ path, why }];
  });
  if (saved.length + unsaved.length !== lines.length) return undefined;
  return { files: saved.length, bytes: saved.reduce((sum, size) => sum + Number(size), 0), unsaved };
}

const mostNamed = 10;
const reasons: Readonly<Record<string, string>> = {
  unreadable: 'cannot be read',
  unlisted: 'cannot be listed whole',
  copy: 'is not in OSS as it was',
};

/** The manifest names them all; people hear of the first few. */
export function sayUnsaved(unsaved: Manifest['unsaved']): string {
  const named = unsaved.slice(0, mostNamed).map(({ path, why }) => `${path} (${reasons[why] ?? why})`);
  const more = unsaved.length > mostNamed ? ` and ${unsaved.length - mostNamed} more` : '';
  return `could not be saved: ${named.join(', ')}${more}`;
}

import type { FileContent, Instance } from '../../core/instance';

export interface FstabLine {
  readonly source: string;
  readonly mountPoint: string;
  readonly options: readonly string[];
}

/** Lines of /etc/fstab that say what is mounted where. */
export function fstabOf({ files }: Pick<Instance, 'files'>): readonly FstabLine[] {
  return parseFstab(files.get('/etc/fstab'));
}

export function parseFstab(content: FileContent = ''): readonly FstabLine[] {
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
  return text.split('\n').flatMap((line) => {
    const [source = '', mountPoint = '', , options = 'defaults'] = line.trim().split(/\s+/);
    if (source === '' || source.startsWith('#') || !mountPoint.startsWith('/')) return [];
    return [{ source, mountPoint, options: options.split(',') }];
  });
}

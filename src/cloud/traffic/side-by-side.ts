import { CloudError } from '../../engine/ports';

interface Write {
  readonly group: string;
  readonly make: () => Promise<{ readonly job?: string }>;
}

/**
 * Makes all the writes at once and answers the jobs of those that were only taken on, by group.
 *
 * @throws CloudError of one that did not work, `partly` when others did; first of one that may have worked, then of one
 *   that is refused for good
 */
export async function sideBySide(writes: readonly Write[]): Promise<Readonly<Record<string, string>>> {
  const made = await Promise.allSettled(writes.map(({ make }) => make()));
  const errors = made.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
  const refusals = errors.filter((error) => error instanceof CloudError);
  const bug = errors.find((error) => !(error instanceof CloudError));
  if (bug !== undefined) throw bug;
  const [first] = refusals.toSorted((a, b) => weight(b) - weight(a));
  if (first !== undefined) {
    const partly = refusals.length < writes.length;
    throw new CloudError(first.code, first.message, { ...first.detail, ...(partly && { partly }) });
  }
  const jobs = made.flatMap((one, index) => {
    const job = one.status === 'fulfilled' ? one.value.job : undefined;
    return job === undefined ? [] : [[writes[index]?.group ?? '', job] as const];
  });
  return Object.fromEntries(jobs);
}

function weight({ detail }: CloudError): number {
  if (detail.mayHaveWorked) return 2;
  return detail.worthRepeating ? 0 : 1;
}

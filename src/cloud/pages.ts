/** Follows `NextToken` to the end; it is absent or empty on the last page. */
export async function byToken<T>(
  page: (
    token: string | undefined,
  ) => Promise<{ readonly rows: readonly T[]; readonly next?: string | null | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { rows, next } = await page(token);
    all.push(...rows);
    token = next === '' || next === null ? undefined : next;
  } while (token !== undefined);
  return all;
}

/**
 * Counts pages up to the last. A page ends the list when it is empty, or when it is short and `TotalCount` is
 * reached: either sign alone has been seen to lie.
 */
export async function byNumber<T>(
  size: number,
  page: (pageNumber: number) => Promise<{ readonly rows: readonly T[]; readonly total: number }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let pageNumber = 1; ; pageNumber++) {
    const { rows, total } = await page(pageNumber);
    all.push(...rows);
    if (rows.length === 0 || (rows.length < size && all.length >= total)) return all;
  }
}

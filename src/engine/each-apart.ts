/**
 * Handles items one after the other; one that fails does not stop the rest.
 *
 * @throws AggregateError with every failure, once all were tried
 */
export async function eachApart<T>(items: readonly T[], handle: (item: T) => Promise<void>): Promise<void> {
  const errors: unknown[] = [];
  for (const item of items) {
    try {
      await handle(item);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) {
    throw new AggregateError(
      errors,
      `${errors.length} of ${items.length} failed: ${errors.map(String).join('; ')}`,
    );
  }
}

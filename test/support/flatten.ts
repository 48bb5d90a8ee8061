/** As pop-core puts arrays on the wire: `Tag.1.Key`, `InstanceId.2`. */
export function flatten(given: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]): [string, string][] => {
      if (value === undefined || value === null) return [];
      if (!Array.isArray(value)) return [[name, `${value as string | number | boolean}`]];
      return value.flatMap((item: unknown, index): [string, string][] =>
        typeof item === 'object' && item !== null
          ? Object.entries(item).map(([key, inner]) => [`${name}.${index + 1}.${key}`, String(inner)])
          : [[`${name}.${index + 1}`, String(item)]],
      );
    }),
  );
}

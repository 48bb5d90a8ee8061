type Value = unknown;
type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether an event fits a pattern of EventBridge: every field that the pattern names has one of its values.
 * https://www.alibabacloud.com/help/en/eventbridge/user-guide/event-patterns
 */
export function fitsPattern(pattern: Fields, event: Fields): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const found = event[name];
    if (!Array.isArray(wanted)) {
      return isFields(wanted) && fitsPattern(wanted, isFields(found) ? found : {});
    }
    return wanted.some((each) => fitsValue(each, found));
  });
}

function fitsValue(wanted: Value, found: Value): boolean {
  if (!isFields(wanted)) return isSame(wanted, found);
  return Object.entries(wanted).every(([operator, operand]) => {
    const test = operators[operator];
    return test !== undefined && test(operand, found);
  });
}

const operators: Readonly<Record<string, (operand: Value, found: Value) => boolean>> = {
  prefix: (text, found) => typeof found === 'string' && found.startsWith(String(text)),
  suffix: (text, found) => typeof found === 'string' && found.endsWith(String(text)),
  contains: (text, found) => typeof found === 'string' && found.includes(String(text)),
  exists: (wanted, found) => (found !== undefined) === wanted,
  numeric: (range, found) => typeof found === 'number' && Array.isArray(range) && isWithin(range, found),
  'anything-but': (others, found) => {
    const list: readonly Value[] = Array.isArray(others) ? others : [others];
    return found !== undefined && !list.some((each) => fitsValue(each, found));
  },
};

/** `['>', 0, '<=', 5]` */
function isWithin(range: readonly Value[], found: number): boolean {
  const pairs = range.flatMap((sign, i) => (i % 2 === 0 ? [[sign, Number(range[i + 1])] as const] : []));
  return pairs.every(([sign, limit]) => {
    if (sign === '>') return found > limit;
    if (sign === '>=') return found >= limit;
    if (sign === '<') return found < limit;
    return sign === '<=' ? found <= limit : found === limit;
  });
}

function isSame(wanted: Value, found: Value): boolean {
  if (Array.isArray(found)) return found.some((each) => isSame(wanted, each));
  return wanted === found;
}

function isFields(value: Value): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { BadInput } from '../exits';
import type { FaultRequest } from '../front-door';

/**
 * Reads `NAME[=key:value,…]`, such as `throttle=product:slb,action:SetBackendServers,nth:3`. Keys that are not
 * the fault's own are its options.
 *
 * @throws BadInput naming the part that cannot be read
 */
export function readFault(text: string): FaultRequest {
  const [name = '', rest] = text.split(/=(.*)/s);
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new BadInput(
      `--fault ${text}: expected NAME or NAME=key:value,…, such as throttle=product:slb,nth:3`,
    );
  }
  const pairs = (rest ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => readPair(text, part));
  const { product, action, target, nth, times, ...options } = Object.fromEntries(pairs) as Record<
    string,
    string | undefined
  >;
  return {
    name,
    ...(product && { product }),
    ...(action && { action }),
    ...(target && { target }),
    ...(nth && { nth: readCount(text, 'nth', nth) }),
    ...(times && { times: readCount(text, 'times', times) }),
    options: options as Record<string, string>,
  };
}

function readPair(text: string, part: string): readonly [string, string] {
  const [key = '', value] = part.split(/:(.*)/s);
  if (key === '' || value === undefined)
    throw new BadInput(`--fault ${text}: found "${part}"; expected key:value`);
  return [key, value];
}

function readCount(text: string, key: string, value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  throw new BadInput(`--fault ${text}: ${key}: found ${value}; expected a number from 1`);
}

import { ApiError } from '../core/call';
import type { Call } from '../core/call';

/** The values of `Name.1`, `Name.2`, … in order. */
export function list(call: Call, name: string): string[] {
  const values: string[] = [];
  for (let n = 1; call.params[`${name}.${n}`] !== undefined; n += 1)
    values.push(call.params[`${name}.${n}`]!);
  return values;
}

/** The pairs of `Tag.1.Key`, `Tag.1.Value`, …; a missing value is empty text. */
export function pairs(
  call: Call,
  name: string,
): { readonly key: string; readonly value: string | undefined }[] {
  const found = [];
  for (let n = 1; call.params[`${name}.${n}.Key`] !== undefined; n += 1) {
    found.push({ key: call.params[`${name}.${n}.Key`]!, value: call.params[`${name}.${n}.Value`] });
  }
  return found;
}

/** The values of a parameter that is a JSON array as text, as InstanceIds and DiskIds are; undefined when absent. */
export function jsonList(call: Call, name: string): string[] | undefined {
  const text = call.params[name];
  if (text === undefined || text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  } catch {
    // Told below, together with JSON of another shape.
  }
  throw new ApiError(400, 'InvalidParameter', `The specified parameter "${name}" is not valid.`);
}

/** A parameter that must be there. The HTTP status differs between APIs. */
export function need(call: Call, name: string, status = 400): string {
  const value = call.params[name];
  if (value !== undefined && value !== '') return value;
  throw missing(name, status);
}

export function missing(name: string, status = 400): ApiError {
  const message = `The input parameter "${name}" that is mandatory for processing this request is not supplied.`;
  return new ApiError(status, 'MissingParameter', message);
}

/** Checks RegionId, which most APIs want. Only the simulator's own region exists. */
export function needRegion(call: Call, region: string, status = 400): void {
  if (need(call, 'RegionId', status) === region) return;
  throw new ApiError(404, 'InvalidRegionId.NotFound', 'The RegionId provided does not exist in our records.');
}

/** A whole number within limits, or the default when absent. */
export function integer(
  call: Call,
  name: string,
  standard: number,
  min: number,
  max: number,
  status = 400,
): number {
  const text = call.params[name];
  if (text === undefined || text === '') return standard;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new ApiError(status, 'InvalidParameter', `The specified parameter "${name}" is not valid.`);
}

/** Text that stands for an instant; undefined when absent. */
export function instant(call: Call, name: string, status = 403): number | undefined {
  const text = call.params[name];
  if (text === undefined || text === '') return undefined;
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new ApiError(status, 'InvalidParameter', `The specified parameter "${name}" is not valid.`);
}

import { ApiError, type Operation } from '../core/call';
import { pointsOf } from './metrics';
import { readQuery } from './query';

const maxSpanMs = 31 * 86_400_000;

/**
 * Points behind StartTime up to and with EndTime, oldest first, in pages of `Length`.
 * https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-describemetriclist
 */
export const DescribeMetricList: Operation = (world, call) => {
  const { metric, instances, period, newest } = readQuery(world, call);
  const { StartTime, EndTime, Length, NextToken } = call.params;
  const grid = period * 1000;
  const to = Math.min(EndTime === undefined ? call.now : readTime('EndTime', EndTime), newest);
  const from = StartTime === undefined ? to - 3_600_000 : readTime('StartTime', StartTime);
  if (to - from > maxSpanMs) throw new ApiError(400, 'ParameterInvalid', 'At most 31 days can be asked for.');
  const instants: number[] = [];
  for (let at = (Math.floor(from / grid) + 1) * grid; at <= to; at += grid) instants.push(at);
  const points = pointsOf(world, metric, instances, instants);
  const [start, size] = [Number(NextToken ?? 0), readLength(Length ?? '1000')];
  const rest = points.length > start + size ? { NextToken: String(start + size) } : {};
  const shown = points.slice(start, start + size);
  return { Code: '200', Success: true, Period: String(period), Datapoints: JSON.stringify(shown), ...rest };
};

/** Milliseconds, or `YYYY-MM-DD hh:mm:ss` in UTC+8. */
function readTime(name: string, text: string): number {
  const at = /^\d{13}$/.test(text) ? Number(text) : Date.parse(`${text.replace(' ', 'T')}+08:00`);
  if (!Number.isNaN(at)) return at;
  throw new ApiError(
    400,
    'ParameterInvalid',
    `The ${name} "${text}" is neither milliseconds nor "YYYY-MM-DD hh:mm:ss".`,
  );
}

function readLength(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1440) return value;
  throw new ApiError(400, 'ParameterInvalid', `The Length "${text}" is not between 1 and 1440.`);
}

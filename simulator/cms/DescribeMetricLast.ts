import type { Operation } from '../core/call';
import { pointsOf } from './metrics';
import { readQuery } from './query';

/**
 * The newest points, as a JSON string inside the JSON.
 * https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-describemetriclast
 */
export const DescribeMetricLast: Operation = (world, call) => {
  const { metric, instances, period, newest } = readQuery(world, call);
  const points = pointsOf(world, metric, instances, [newest]);
  return { Code: '200', Success: true, Period: String(period), Datapoints: JSON.stringify(points) };
};

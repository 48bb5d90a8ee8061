import type { Product } from '../core/call';
import { DescribeMetricLast } from './DescribeMetricLast';
import { DescribeMetricList } from './DescribeMetricList';

/** CloudMonitor, as far as counting connections needs it. https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-overview */
export const cms: Product = {
  name: 'cms',
  version: '2019-01-01',
  operations: { DescribeMetricLast, DescribeMetricList },
  writes: new Set(),
};

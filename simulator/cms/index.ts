import type { Product } from '../core/call';
import { DescribeMetricLast } from './DescribeMetricLast';
import { DescribeMetricList } from './DescribeMetricList';
import { DescribeMetricRuleList } from './DescribeMetricRuleList';

/** CloudMonitor, as far as counting connections and asking for alarms need it. https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-overview */
export const cms: Product = {
  name: 'cms',
  version: '2019-01-01',
  operations: { DescribeMetricLast, DescribeMetricList, DescribeMetricRuleList },
  writes: new Set(),
};

import type { Product } from '../core/call';
import { DescribeMetricLast } from './DescribeMetricLast';
import { DescribeMetricList } from './DescribeMetricList';
import { DescribeMetricRuleList } from './DescribeMetricRuleList';
import { SendDryRunSystemEvent } from './SendDryRunSystemEvent';
import {
  DeleteEventRules,
  DeleteEventRuleTargets,
  DescribeEventRuleList,
  DescribeEventRuleTargetList,
  DisableEventRules,
  EnableEventRules,
  PutEventRule,
  PutEventRuleTargets,
} from './event-rule-calls';

/**
 * CloudMonitor, as far as counting connections, asking for alarms and handing on events need it.
 * https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-overview
 */
export const cms: Product = {
  name: 'cms',
  version: '2019-01-01',
  operations: {
    DescribeMetricLast,
    DescribeMetricList,
    DescribeMetricRuleList,
    DescribeEventRuleList,
    DescribeEventRuleTargetList,
    PutEventRule,
    PutEventRuleTargets,
    EnableEventRules,
    DisableEventRules,
    DeleteEventRules,
    DeleteEventRuleTargets,
    SendDryRunSystemEvent,
  },
  writes: new Set([
    'PutEventRule',
    'PutEventRuleTargets',
    'EnableEventRules',
    'DisableEventRules',
    'DeleteEventRules',
    'DeleteEventRuleTargets',
    'SendDryRunSystemEvent',
  ]),
};

import type { Product } from '../core/call';
import { describeScalingActivities } from './DescribeScalingActivities';
import { describeScalingGroups } from './DescribeScalingGroups';
import { describeScalingInstances } from './DescribeScalingInstances';
import { current, old, type Dialect } from './dialect';
import { setInstancesProtection } from './SetInstancesProtection';
import { enterStandby, exitStandby } from './standby';

/** Auto Scaling in both versions of its interface. https://www.alibabacloud.com/help/en/auto-scaling/developer-reference/api-ess-2022-02-22-overview */
export const ess = product('2022-02-22', current);
export const ess2014 = product('2014-08-28', old);

function product(version: string, dialect: Dialect): Product {
  return {
    name: 'ess',
    version,
    operations: {
      DescribeScalingGroups: describeScalingGroups(dialect),
      EnterStandby: enterStandby(dialect),
      ExitStandby: exitStandby(dialect),
      DescribeScalingActivities: describeScalingActivities(dialect),
      DescribeScalingInstances: describeScalingInstances(dialect),
      SetInstancesProtection: setInstancesProtection(dialect),
    },
    writes: new Set(['EnterStandby', 'ExitStandby', 'SetInstancesProtection']),
  };
}

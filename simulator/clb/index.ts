import type { Product } from '../core/call';
import { AddBackendServers } from './AddBackendServers';
import { AddVServerGroupBackendServers } from './AddVServerGroupBackendServers';
import { DescribeHealthStatus } from './DescribeHealthStatus';
import { DescribeLoadBalancerAttribute } from './DescribeLoadBalancerAttribute';
import { DescribeLoadBalancerListeners } from './DescribeLoadBalancerListeners';
import { DescribeLoadBalancers } from './DescribeLoadBalancers';
import { DescribeMasterSlaveServerGroupAttribute } from './DescribeMasterSlaveServerGroupAttribute';
import { DescribeMasterSlaveServerGroups } from './DescribeMasterSlaveServerGroups';
import { DescribeVServerGroupAttribute } from './DescribeVServerGroupAttribute';
import { DescribeVServerGroups } from './DescribeVServerGroups';
import { RemoveBackendServers } from './RemoveBackendServers';
import { RemoveVServerGroupBackendServers } from './RemoveVServerGroupBackendServers';
import { SetBackendServers } from './SetBackendServers';
import { SetVServerGroupAttribute } from './SetVServerGroupAttribute';

const writes = {
  AddBackendServers,
  AddVServerGroupBackendServers,
  RemoveBackendServers,
  RemoveVServerGroupBackendServers,
  SetBackendServers,
  SetVServerGroupAttribute,
};

/** Classic Load Balancer. https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-overview */
export const clb: Product = {
  name: 'slb',
  version: '2014-05-15',
  operations: {
    ...writes,
    DescribeHealthStatus,
    DescribeLoadBalancerAttribute,
    DescribeLoadBalancerListeners,
    DescribeLoadBalancers,
    DescribeMasterSlaveServerGroupAttribute,
    DescribeMasterSlaveServerGroups,
    DescribeVServerGroupAttribute,
    DescribeVServerGroups,
  },
  writes: new Set(Object.keys(writes)),
};

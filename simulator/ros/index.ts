import type { Product } from '../core/call';
import { GetServiceProvisions } from './GetServiceProvisions';
import { ListSummaries } from './ListSummaries';
import { PreviewStack } from './PreviewStack';
import { GetStack, ListStackEvents, ListStackResources, ListStacks } from './reads';
import { ValidateTemplate } from './ValidateTemplate';
import { CreateStack, DeleteStack, UpdateStack } from './writes';

/** Resource Orchestration Service. https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-overview */
export const ros: Product = {
  name: 'ros',
  version: '2019-09-10',
  operations: {
    ValidateTemplate,
    PreviewStack,
    CreateStack,
    UpdateStack,
    DeleteStack,
    GetStack,
    ListStacks,
    ListStackEvents,
    ListStackResources,
    GetServiceProvisions,
    ListSummaries,
  },
  writes: new Set(['CreateStack', 'UpdateStack', 'DeleteStack']),
};

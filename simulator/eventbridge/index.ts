import { ApiError, type Operation, type Product } from '../core/call';
import { required } from '../openapi/required';
import { createServiceLinkedRole, serviceOfRole } from '../ram/service-linked';
import { DeleteRule, DisableRule, EnableRule, GetRule, ListRules, ListTargets } from './rule-calls';

/**
 * By the name of the role, although the parameter is called after a product.
 * https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-createservicelinkedroleforproduct
 */
const CreateServiceLinkedRoleForProduct: Operation = (world, call) => {
  const name = required(call, 'ProductName');
  const service = serviceOfRole(name);
  if (service === undefined) throw new ApiError(400, 'InvalidArgument', `ProductName ${name} is not valid.`);
  createServiceLinkedRole(world, service);
  return { Code: 'Success', Message: '', StsRoleName: name };
};

/** EventBridge, as far as whoever installs calls it. Its rules are made by templates. https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-overview */
export const eventbridge: Product = {
  name: 'eventbridge',
  version: '2020-04-01',
  operations: {
    CreateServiceLinkedRoleForProduct,
    GetRule,
    ListRules,
    ListTargets,
    EnableRule,
    DisableRule,
    DeleteRule,
  },
  writes: new Set(['CreateServiceLinkedRoleForProduct', 'EnableRule', 'DisableRule', 'DeleteRule']),
};

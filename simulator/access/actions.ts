/** Products whose actions are spelled with another prefix than the product's name here. */
const prefixes: Readonly<Record<string, string>> = { resourcemanager: 'ram', ims: 'ram', 'mns-open': 'mns' };

/**
 * Actions of RAM that are not called like the API, and calls that need none. Where the names differ:
 * https://www.alibabacloud.com/help/en/cms/cloudmonitor-1-0/developer-reference/ram-authorization,
 * https://www.alibabacloud.com/help/en/oss/user-guide/ram-policy-overview (an append is a put, a look at headers a get),
 * https://www.alibabacloud.com/help/en/mns/developer-reference/ram-authorization (batches have no action of their own).
 */
const otherwise: Readonly<Record<string, string | undefined>> = {
  'cms.DescribeMetricLast': 'cms:QueryMetricLast',
  'cms.DescribeMetricList': 'cms:QueryMetricList',
  'cms.DescribeEventRuleTargetList': undefined,
  'eventbridge.CreateServiceLinkedRoleForProduct': undefined,
  'mns.BatchSendMessage': 'mns:SendMessage',
  'mns.BatchReceiveMessage': 'mns:ReceiveMessage',
  'mns.BatchPeekMessage': 'mns:PeekMessage',
  'mns.BatchDeleteMessage': 'mns:DeleteMessage',
  'oss.AppendObject': 'oss:PutObject',
  'oss.HeadObject': 'oss:GetObject',
  'oss.DeleteMultipleObjects': 'oss:DeleteObject',
  'oss.DeleteBucketLifecycle': 'oss:PutBucketLifecycle',
  'oss.MethodNotAllowed': undefined,
  'sts.GetCallerIdentity': undefined,
};

/** What RAM calls an API call of a product; undefined when nobody needs leave for it. */
export function ramActionOf(product: string, action: string): string | undefined {
  const name = `${product}.${action}`;
  return Object.hasOwn(otherwise, name) ? otherwise[name] : `${prefixes[product] ?? product}:${action}`;
}

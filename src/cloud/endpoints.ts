/** Products of the OpenAPI that we call, with the version of their interface. */
export const versions = {
  ecs: '2014-05-26',
  slb: '2014-05-15',
  cms: '2019-01-01',
  ess: '2022-02-22',
  /** The same product in its older version, for endpoints that know no other. */
  ess2014: '2014-08-28',
  alb: '2020-06-16',
  nlb: '2022-04-30',
  alidns: '2015-01-09',
  pvtz: '2018-01-01',
  ros: '2019-09-10',
  sts: '2015-04-01',
  ram: '2015-05-01',
  /** Identities, the newer part of RAM. */
  ims: '2019-08-15',
  eventbridge: '2020-04-01',
  kms: '2016-01-20',
  /** The management interface of MNS. */
  'mns-open': '2022-01-19',
} as const;
export type Product = keyof typeof versions;

/** Regions whose load balancers answer at the shared endpoint. https://api.aliyun.com/product/Slb */
const sharedSlb = new Set([
  'cn-qingdao',
  'cn-beijing',
  'cn-hangzhou',
  'cn-shanghai',
  'cn-shenzhen',
  'cn-hongkong',
  'ap-southeast-1',
  'us-east-1',
  'us-west-1',
]);

/** The same for Auto Scaling. https://api.aliyun.com/product/Ess */
const sharedEss = new Set([
  'cn-qingdao',
  'cn-beijing',
  'cn-hangzhou',
  'cn-shanghai',
  'cn-shenzhen',
  'cn-hongkong',
  'ap-southeast-1',
  'us-west-1',
]);

/** Where a product answers. Several ECS calls carry no region: for them the endpoint is the region. */
export function openApiEndpoint(product: Product, region: string): string {
  switch (product) {
    case 'ecs':
      return region === 'cn-hangzhou'
        ? 'https://ecs-cn-hangzhou.aliyuncs.com'
        : `https://ecs.${region}.aliyuncs.com`;
    case 'slb':
      return sharedSlb.has(region) ? 'https://slb.aliyuncs.com' : `https://slb.${region}.aliyuncs.com`;
    case 'ess':
    case 'ess2014':
      return sharedEss.has(region) ? 'https://ess.aliyuncs.com' : `https://ess.${region}.aliyuncs.com`;
    // The regional ones: https://api.aliyun.com/product/Sts and https://api.aliyun.com/product/Kms
    case 'sts':
    case 'kms':
    case 'alb':
    case 'nlb':
    case 'mns-open':
      return `https://${product}.${region}.aliyuncs.com`;
    case 'alidns':
    case 'pvtz':
    case 'ros':
    case 'ram':
    case 'ims':
      return `https://${product}.aliyuncs.com`;
    case 'eventbridge':
      return `https://eventbridge-console.${region}.aliyuncs.com`;
    case 'cms':
      return `https://metrics.${region}.aliyuncs.com`;
  }
}

export function mnsEndpoint(account: string, region: string): string {
  return `https://${account}.mns.${region}.aliyuncs.com`;
}

/** Function Compute of either generation. https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/developer-reference/endpoints */
export function functionsEndpoint(account: string, region: string): string {
  return `https://${account}.${region}.fc.aliyuncs.com`;
}

export function ossEndpoint(region: string): string {
  return `https://oss-${region}.aliyuncs.com`;
}

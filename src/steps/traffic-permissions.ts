/** RAM actions of `cloud.traffic`, for the steps that use it. One list for each kind of traffic. */

/** Where an instance takes traffic, and with which weight. */
export const permissionsToFindTraffic = [
  'ecs:DescribeInstances',
  'slb:DescribeLoadBalancers',
  'slb:DescribeLoadBalancerAttribute',
  'slb:DescribeVServerGroups',
  'slb:DescribeVServerGroupAttribute',
  'slb:DescribeMasterSlaveServerGroups',
  'slb:DescribeMasterSlaveServerGroupAttribute',
  'alb:ListServerGroups',
  'alb:ListServerGroupServers',
  'nlb:ListServerGroups',
  'nlb:ListServerGroupServers',
  'alidns:DescribeDomainRecords',
  'pvtz:DescribeZoneRecords',
] as const;

/** What the health checks of its groups say. */
export const permissionsToSurveyTraffic = [
  ...permissionsToFindTraffic,
  'slb:DescribeHealthStatus',
  'alb:ListListeners',
  'alb:ListRules',
  'alb:GetListenerHealthStatus',
  'nlb:ListListeners',
  'nlb:GetListenerHealthStatus',
] as const;

/** Weights, removal and registration, and what became of a write that was only taken on. */
export const permissionsToChangeTraffic = [
  ...permissionsToSurveyTraffic,
  'slb:SetBackendServers',
  'slb:AddBackendServers',
  'slb:RemoveBackendServers',
  'slb:SetVServerGroupAttribute',
  'slb:AddVServerGroupBackendServers',
  'slb:RemoveVServerGroupBackendServers',
  'alb:UpdateServerGroupServersAttribute',
  'alb:AddServersToServerGroup',
  'alb:RemoveServersFromServerGroup',
  'alb:ListAsynJobs',
  'nlb:UpdateServerGroupServersAttribute',
  'nlb:AddServersToServerGroup',
  'nlb:RemoveServersFromServerGroup',
  'nlb:GetJobStatus',
  'alidns:SetDomainRecordStatus',
  'pvtz:SetZoneRecordStatus',
] as const;

/** Readings of the public documentation that could not be confirmed, and what each is unless a fleet says otherwise. */
export const defaultSwitches: Readonly<Record<string, boolean>> = {
  /** DescribeHealthStatus shows backends whose weight is 0. */
  clbReportsWeightZeroHealth: true,
  /** Load balancers go on listing an instance that was released. */
  releasedStayInGroups: false,
  /** The message counts of an MNS queue read 0. */
  mnsCountsAreZero: false,
  /** DescribeInstanceHistoryEvents without a status filter answers pending events instead of finished ones. */
  historyDefaultsToPending: false,
  /** A restart before the planned time leads to Avoided by way of Executing. */
  avoidedPassesThroughExecuting: false,
  /** RebootInstance also answers an Inquiring SystemMaintenance.Reboot. */
  rebootAnswersInquiring: true,
  /** An event answered by RedeployInstance ends Executed instead of Avoided. */
  redeployEndsExecuted: false,
  /** StopInstance without StoppedMode stops in economical mode, as an account may have set it. */
  stopsInEconomicalMode: false,
  /** After a stop in economical mode the zone has no capacity left for the start. */
  noStockAfterEconomicalStop: false,
  /** StopInstance with ForceStop is taken while the instance is Stopping. */
  forceStopsWhileStopping: true,
  /** For some seconds after RebootInstance and StopInstance the instance still reads Running. */
  staleRunningAfterReboot: false,
  /** The notice of an Avoided event keeps `:Scheduled` in its name. */
  staleNameSuffix: true,
  /** All CloudMonitor notices of one event carry the same id. */
  repeatedNoticeId: true,
  /** CloudMonitor notices carry `ver`. */
  noticeHasVersion: false,
  /** CloudMonitor notices carry `content` as JSON text instead of an object. */
  contentAsText: false,
};

export const defaultSettings: Readonly<Record<string, number>> = {
  /** How long a CLB stays locked after a write. */
  clbBusySeconds: 0,
  /** How old the newest CloudMonitor data point is. */
  metricLagSeconds: 120,
  /** How long a member of a scaling group must be unwell until Auto Scaling gives it up. */
  essNoticeSeconds: 30,
  /** How long a stale Running lasts. */
  staleRunningSeconds: 10,
  /** From the platform's start of an execution to its end. */
  executionSeconds: 300,
};

/**
 * Calls a minute per account, region and API.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-throttling
 */
export const defaultThrottle: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'SetBackendServers',
    'AddBackendServers',
    'RemoveBackendServers',
    'SetVServerGroupAttribute',
    'AddVServerGroupBackendServers',
    'RemoveVServerGroupBackendServers',
    'ModifyVServerGroupBackendServers',
  ].map((action) => [action, 90]),
);

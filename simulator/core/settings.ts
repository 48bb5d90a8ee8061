/** Readings of the public documentation that could not be confirmed, and what each is unless a fleet says otherwise. */
export const defaultSwitches: Readonly<Record<string, boolean>> = {
  /** DescribeHealthStatus shows backends whose weight is 0. */
  clbReportsWeightZeroHealth: true,
  /** ListServerGroupServers of ALB with nothing but ServerIds searches all groups; else it answers none. */
  albListsServersAcrossGroups: true,
  /** ALB passes over servers of an update or a removal that are not in the group. */
  albIgnoresUnknownServers: false,
  /** ALB calls such a server `ResourceNotFound.Server` instead of `ResourceNotFound.BackendServer`. */
  albNotFoundNamesServer: false,
  /** ALB refuses a write to a group that another job works on with 409 instead of 400. */
  albBusyIsConflict: false,
  /** ALB calls a ClientToken that comes with other parameters `IdempotenceSignatureMismatch`. */
  albTokenMismatchIsSignature: false,
  /** NLB refuses a write to a group that another job works on as `Conflict.Lock`. */
  nlbBusyIsLock: false,
  /** GetJobStatus of NLB answers `failed` in lower case, as it does with `processing`. */
  nlbFailedInLowerCase: false,
  /** GetListenerHealthStatus of NLB tells of ill servers at weight 0, too. */
  nlbReportsWeightZeroHealth: true,
  /** An update of ALB or NLB that names no weight keeps the old one instead of setting 100. */
  omittedWeightIsKept: false,
  /** While ALB or NLB configure a server they show its new weight already, though traffic still goes by the old. */
  configuringShowsNewWeight: true,
  /** Once the job that removes a server is done, ALB and NLB show `Draining` until its connections are closed. */
  removingShowsDraining: false,
  /** ALB and NLB list all servers as `Unavailable` where the health check is off; else none of them. */
  disabledCheckListsServers: true,
  /** Auto Scaling launches an instance in the place of one that is put in Standby. */
  essReplacesStandby: false,
  /** UpdateDomainRecord of Alidns refuses a change that changes nothing. */
  dnsRefusesNoChange: true,
  /** A DNS record that is not there is `InvalidRR.NoExist` instead of `DomainRecordNotBelongToUser`. */
  dnsNotFoundNamesRr: false,
  /** Load balancers go on listing an instance that was released. */
  releasedStayInGroups: false,
  /** The account may make services of FC 2.0; an account that is new to Function Compute perhaps may not. */
  fcOffersGeneration2: true,
  /** What Function Compute tells a queue of an asynchronous invocation's end is in base64. */
  fcEncodesDestinations: true,
  /** EventBridge counts a synchronous invocation as failed when the function itself failed. */
  eventBridgeSeesFunctionErrors: true,
  /** The message counts of an MNS queue read 0. */
  mnsCountsAreZero: false,
  /** LastUpdateTime of a console's output is in UTC, as older documents say, instead of UTC+8. */
  consoleTimeIsUtc: false,
  /** Console output is answered only while the instance is Running. */
  consoleNeedsRunning: false,
  /** Screenshots are JPEG, as the text of the documents says, instead of PNG, as their sample is. */
  screenshotIsJpeg: false,
  /** DescribeInstanceHistoryEvents without a status filter answers pending events instead of finished ones. */
  historyDefaultsToPending: false,
  /** A restart before the planned time leads to Avoided by way of Executing. */
  avoidedPassesThroughExecuting: false,
  /** RebootInstance also answers an Inquiring SystemMaintenance.Reboot. */
  rebootAnswersInquiring: true,
  /** A stop and a start also answer a Scheduled SystemMaintenance.Reboot. */
  stopStartAnswersReboot: false,
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
  /** A stack that could not be created takes back resources, too, that its template retains. */
  rosRollbackDeletesRetained: false,
  /** PutBucket refuses a bucket that one has already, instead of answering 200. */
  ossPutBucketAgainIsRefused: false,
  /** RAM judges a call that names an ECS event on the event's instance, tags included; else on no resource. */
  ramKnowsInstanceOfEvent: false,
  /** GetStack does not know a deleted stack any more. */
  rosForgetsDeleted: false,
  /** ListStackEvents begins with the oldest. */
  rosEventsOldestFirst: false,
  /** CloudMonitor notices carry `ver`. */
  noticeHasVersion: false,
  /** CloudMonitor notices carry `content` as JSON text instead of an object. */
  contentAsText: false,
};

export const defaultSettings: Readonly<Record<string, number>> = {
  /** How long ROS takes for each resource. */
  rosResourceSeconds: 2,
  /** How many roles RAM allows an account. https://www.alibabacloud.com/help/en/ram/developer-reference/api-ims-2019-08-15-getaccountsummary */
  ramRolesQuota: 1000,
  /** How long a CLB stays locked after a write. */
  clbBusySeconds: 0,
  /** How long a job of ALB takes. https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-listasynjobs */
  albJobSeconds: 2,
  /** How long ListAsynJobs does not know a new job yet. */
  albJobHiddenSeconds: 0,
  /** How long a job of NLB takes. */
  nlbJobSeconds: 2,
  /** How old the newest CloudMonitor data point is. */
  metricLagSeconds: 120,
  /** How long a member of a scaling group must be unwell until Auto Scaling gives it up. */
  essNoticeSeconds: 30,
  /** How long an activity lasts that EnterStandby and ExitStandby begin with `Async`. */
  essActivitySeconds: 0,
  /** How much of a console is kept; its beginning is cut. */
  consoleBytes: 65_536,
  /** How long a stale Running lasts. */
  staleRunningSeconds: 10,
  /** From the platform's start of an execution to its end. */
  executionSeconds: 300,
  snapshotSeconds: 240,
};

/**
 * Calls a minute per account, region and API: 90 for the writes of CLB, 200 for those of ALB and of NLB.
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-throttling
 */
export const defaultThrottle: Readonly<Record<string, number>> = {
  SetBackendServers: 90,
  AddBackendServers: 90,
  RemoveBackendServers: 90,
  SetVServerGroupAttribute: 90,
  AddVServerGroupBackendServers: 90,
  RemoveVServerGroupBackendServers: 90,
  ModifyVServerGroupBackendServers: 90,
  UpdateServerGroupServersAttribute: 200,
  AddServersToServerGroup: 200,
  RemoveServersFromServerGroup: 200,
};

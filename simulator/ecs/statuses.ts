const planned = ['Scheduled', 'Executing', 'Executed', 'Avoided', 'Canceled', 'Failed'];
const plannedOrAsked = ['Scheduled', 'Inquiring', 'Executing', 'Executed', 'Avoided', 'Canceled', 'Failed'];
const asked = ['Inquiring', 'Executing', 'Executed', 'Avoided', 'Canceled'];
const happening = ['Executing', 'Executed'];

/**
 * What each code passes through, first the status in which it is usually announced.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/summary
 */
const statuses: Readonly<Record<string, readonly string[]>> = {
  'SystemMaintenance.Reboot': plannedOrAsked,
  'SystemMaintenance.Stop': planned,
  'SystemMaintenance.Redeploy': ['Scheduled', 'Inquiring', 'Executing', 'Executed', 'Avoided', 'Canceled'],
  'SystemMaintenance.RebootAndIsolateErrorDisk': asked,
  'SystemMaintenance.RebootAndReInitErrorDisk': asked,
  'SystemMaintenance.IsolateErrorDisk': [...asked, 'Failed'],
  'SystemMaintenance.ReInitErrorDisk': [...asked, 'Failed'],
  // Those of the next three and of a migration are not documented: they are taken for planned maintenance.
  'SystemMaintenance.StopAndRepair': plannedOrAsked,
  'SystemMaintenance.CleanInactiveDisks': plannedOrAsked,
  'SystemMaintenance.CleanReleasedDisks': plannedOrAsked,
  'SystemMaintenance.PerformanceImpact': happening,
  'SystemUpgrade.Migrate': plannedOrAsked,
  'SystemFailure.Reboot': [...happening, 'Failed'],
  'SystemFailure.Stop': happening,
  // Scheduled in the list of notices, Inquiring in the reference of RedeployInstance.
  'SystemFailure.Redeploy': ['Scheduled', 'Inquiring', 'Executing', 'Executed', 'Avoided', 'Canceled'],
  'SystemFailure.Delete': [...happening, 'Avoided'],
  'InstanceFailure.Reboot': happening,
  'Security.TpmAlert': happening,
  ErrorDetected: happening,
  Stalled: happening,
  Degraded: happening,
  SeverelyDegraded: happening,
  'InstanceExpiration.Stop': planned,
  'InstanceExpiration.Delete': planned,
  'AccountUnbalanced.Stop': planned,
  'AccountUnbalanced.Delete': planned,
  'SecurityPunish.Locked': happening,
  'SecurityPunish.WebsiteBanned': happening,
};

/** A code that nobody has written down yet passes through what those of its family do. */
export function statusesOf(code: string): readonly string[] {
  return statuses[code] ?? (code.startsWith('SystemMaintenance.') ? plannedOrAsked : happening);
}

/** The status in which an event is announced when nobody says another. */
export function firstStatus(code: string): string {
  return statusesOf(code)[0]!;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const leads: Readonly<Record<string, number>> = {
  'InstanceExpiration.Stop': 72 * hourMs,
  'InstanceExpiration.Delete': 360 * hourMs,
  'AccountUnbalanced.Stop': 50 * minuteMs,
  'AccountUnbalanced.Delete': 360 * hourMs,
};

/**
 * How long before its planned time an event is announced, in milliseconds, when nobody says another time: one or two
 * days for maintenance, three before a subscription ends, less than an hour when a payment is overdue, 15 days before a release.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/overview-of-ecs-system-events
 */
export function leadMs(code: string): number {
  return leads[code] ?? 48 * hourMs;
}

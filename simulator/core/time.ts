/** `2026-03-02T03:15:40Z`, the form of most ECS times. */
export function toSeconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** `2026-03-02T03:15Z`: DescribeInstances gives no seconds. */
export function toMinutes(at: number): string {
  return new Date(at).toISOString().replace(/:\d{2}\.\d{3}Z$/, 'Z');
}

/** `20260302T111540.922+0800`, the `eventTime` of CloudMonitor notifications. */
export function toCloudMonitorTime(at: number): string {
  return new Date(at + eightHours).toISOString().replace(/[-:]/g, '').replace('Z', '+0800');
}

/** `2026-03-02T11:15:41+08:00`, the `time` of EventBridge events. */
export function toEventBridgeTime(at: number): string {
  return toSeconds(at + eightHours).replace('Z', '+08:00');
}

/** Start of the minute after the one that `at` lies in. */
export function nextMinute(at: number): number {
  return (Math.floor(at / 60_000) + 1) * 60_000;
}

const eightHours = 8 * 3_600_000;

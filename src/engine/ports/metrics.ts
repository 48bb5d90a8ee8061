import type { Millis } from '../../event/system-event';

export interface Metrics {
  /** Established connections by minute, oldest first; lags by minutes, and may be empty. */
  establishedConnections(instanceId: string, from: Millis): Promise<readonly { at: Millis; value: number }[]>;
}

export interface Alarms {
  /**
   * Which of the named CloudMonitor alarm rules are in state ALARM now. `unknown`: names that no rule has, which
   * a person must hear of, because such a name guards nothing.
   */
  firing(
    names: readonly string[],
  ): Promise<{ readonly firing: readonly string[]; readonly unknown: readonly string[] }>;
}

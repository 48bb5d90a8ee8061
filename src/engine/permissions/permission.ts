/** One action of RAM, on one resource or several. */
export interface Permission {
  /** By RAM's name, which for a few of CloudMonitor's is not that of the API: `cms:QueryMetricList`. */
  readonly action: string;
  /** ARNs; `*` where RAM honours no narrower one. */
  readonly on: readonly string[];
  /** Tags that the instance must carry. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Where an installation stands, as ARNs name it. */
export interface Whereabouts {
  readonly account: string;
  readonly region: string;
  /** Carries the runs. */
  readonly queue: string;
  /** Keeps journals and playbooks. */
  readonly bucket: string;
  /** The log store, as `project/…/logstore/…`: Function Compute writes there with the functions' role. */
  readonly logs?: string;
  /** The function to which one whose time is up hands over what is left, as `services/…/functions/…`; FC 2.0 only. */
  readonly successor?: string;
}

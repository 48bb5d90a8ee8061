/** An alarm rule of CloudMonitor. */
export interface AlarmRule {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly metric: string;
  enabled: boolean;
  /** Changes at the front door only; no metric is watched. */
  state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** Of rules that a template made. */
  readonly details?: {
    readonly resources: readonly unknown[];
    readonly contactGroups: readonly string[];
    readonly periodSeconds: number;
    readonly silenceSeconds: number;
    readonly noDataPolicy: string;
    readonly escalations: Readonly<Record<string, unknown>>;
  };
}

/** An alarm rule of CloudMonitor. */
export interface AlarmRule {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly metric: string;
  enabled: boolean;
  /** Of rules that no template made, what the fleet or the front door says. */
  state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** The front door said the state, and nothing is watched any more. */
  isSaid?: boolean;
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

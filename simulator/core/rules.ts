/** A rule on a bus of EventBridge. https://www.alibabacloud.com/help/en/eventbridge/developer-reference/api-eventbridge-2020-04-01-createrule */
export interface BusRule {
  readonly bus: string;
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly filterPattern: Readonly<Record<string, unknown>>;
  readonly targets: readonly BusTarget[];
  readonly createdAt: number;
}

/** Where a rule sends what fits its pattern. */
export interface BusTarget {
  readonly id: string;
  /** `acs.mns.queue`, `acs.fc.function`. */
  readonly type: string;
  readonly endpoint: string;
  readonly pushRetryStrategy?: string;
  /** `ALL` passes over what cannot be delivered, `NONE` stands still at it. */
  readonly errorsTolerance?: string;
  /** ARN of the queue for what could not be delivered. */
  readonly deadLetterQueue?: string;
  readonly paramList: readonly {
    readonly resourceKey: string;
    readonly form: string;
    readonly value?: string;
    readonly template?: string;
  }[];
}

/** An event rule of CloudMonitor. https://www.alibabacloud.com/help/en/cms/developer-reference/api-cms-2019-01-01-puteventrule */
export interface MonitorRule {
  readonly name: string;
  readonly enabled: boolean;
  readonly eventType: string;
  readonly groupId: string;
  readonly description: string;
  readonly silenceSeconds: number;
  readonly patterns: readonly {
    readonly product: string;
    readonly eventTypes: readonly string[];
    readonly levels: readonly string[];
    readonly names: readonly string[];
    readonly statuses: readonly string[];
    readonly sqlFilter: string;
    readonly customFilters: string;
  }[];
  /** In the API's spelling, each family by the id of its entries. */
  readonly targets: {
    readonly mns: readonly {
      readonly id: string;
      readonly region: string;
      readonly queue?: string;
      readonly topic?: string;
    }[];
    readonly fc: readonly {
      readonly id: string;
      readonly region: string;
      readonly serviceName: string;
      readonly functionName: string;
    }[];
    /** Families that nothing is delivered to here, as they came. */
    readonly others: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  };
}

/** What `eventRules` is keyed by: names are told apart on each bus. */
export function ruleKey(bus: string, name: string): string {
  return `${bus}/${name}`;
}

export interface Fault {
  readonly id: string;
  readonly name: string;
  /** Which calls it hits; absent means any. `nth` counts matching calls from 1; `times` says how often it strikes. */
  readonly product?: string;
  readonly action?: string;
  readonly target?: string;
  readonly nth: number;
  readonly times: number;
  readonly options: Record<string, string>;
  /** The cloud's clock when the fault was asked for. */
  readonly since: number;
  seen: number;
  struck: number;
}

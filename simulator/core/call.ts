import type { Caller } from './ram';
import type { World } from './world';

/** One OpenAPI call after its signature, time stamp and nonce were found good. */
export interface Call {
  readonly product: string;
  readonly action: string;
  /** Query and form parameters together, exactly as sent (`InstanceId.1`, `Tag.2.Key`). */
  readonly params: Readonly<Record<string, string>>;
  readonly region: string;
  readonly requestId: string;
  /** Who signed it; nobody in particular stands for the account's user. */
  readonly caller?: Caller;
  /** The cloud's clock at arrival, in milliseconds. */
  readonly now: number;
}

/** One API operation: reads or changes the world, answers the fields beside `RequestId`, or throws `ApiError`. */
export type Operation = (world: World, call: Call) => object | Promise<object>;

/** A refusal in the cloud's words. The HTTP status is part of the documented answer, however odd. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The operations of one product, by API name. `reads` are the ones that change nothing. */
export interface Product {
  readonly name: string;
  readonly version: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly writes: ReadonlySet<string>;
}

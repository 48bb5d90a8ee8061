import type { Millis } from '../../event/system-event';

/** A refusal of the cloud, in its own words. Thrown by every method of the ports on this page. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  constructor(
    /** The cloud's code, or `Timeout`, `ConnectionLost`, `UnexpectedAnswer` where it sent none. */
    readonly code: string,
    message: string,
    readonly detail: {
      /** The same call may succeed later. */
      readonly worthRepeating: boolean;
      /** The call may have taken effect all the same. */
      readonly mayHaveWorked: boolean;
      /** Of several calls side by side: this one did not work, and others did, or may have. */
      readonly partly?: boolean;
      /** The account could not be entered at all: no call to it will do until somebody has mended that. */
      readonly unreachable?: true;
      readonly product: string;
      readonly action: string;
      readonly requestId?: string;
      /** Not before then, when the cloud told or its rules say so. */
      readonly retryAt?: Millis;
      /** The RAM action that was not granted, where the answer names it: `ros:CreateStack`. */
      readonly missing?: string;
    },
  ) {
    super(message);
  }
}

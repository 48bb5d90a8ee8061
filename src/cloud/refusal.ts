import { CloudError } from '../engine/ports';
import type { Millis } from '../event/system-event';
import { nextMinute } from './pace';
import { scrub } from './scrub';

/** Which call it was. Reads never "may have worked". */
export interface Origin {
  readonly product: string;
  readonly action: string;
  readonly write: boolean;
}

/** What an SDK reported, before it is judged. */
export type Trouble =
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly message: string;
      readonly requestId?: string;
      readonly retryAt?: Millis;
      /** The RAM action that was not granted. */
      readonly missing?: string;
    }
  | { readonly kind: 'timeout'; readonly message: string }
  /** `reached`: the request may have arrived before the connection was lost. */
  | { readonly kind: 'lost'; readonly message: string; readonly reached: boolean }
  | { readonly kind: 'unreadable'; readonly message: string };

/** Lower case, because products disagree about the case of the same code. */
const passing = new Set([
  // Busy load balancers: https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-errorcodes
  'backendserver.configuring',
  'vservergroupprocessing',
  'serviceisconfiguring',
  'serviceisstopping',
  'operationbusy',
  'systembusy',
  'vpcsystembusy',
  'backendserverprocessing',
  'operationfailed.servicegroupprocessing',
  'operationfailed.tokenisprocessing',
  'processingsamerequest',
  // Another change of the zone is under way.
  'lastoperationnotfinished',
  'recordforbidden.dnschange',
  // The instance has to be running first.
  'obtainipfail',
  // The same of ALB and NLB; the case of their codes differs.
  // https://www.alibabacloud.com/help/en/slb/application-load-balancer/developer-reference/api-alb-2020-06-16-errorcodes
  'incorrectstatus.servergroup',
  'incorrectstatus.loadbalancer',
  'incorrectstatus.listener',
  'incorrectstatus.rule',
  'resourceinconfiguring.listener',
  'idempotenceprocessing',
  'operationfailed.resourcegroupstatuscheckfail',
  'operationfailed.resourceisconfiguring',
  'conflict.lock',
  // One activity at a time in a scaling group.
  'scalingactivityinprogress',
  // Something else is at work on the same thing.
  'operationconflict',
  'operation.conflict',
  'invalidoperation.conflict',
  'idempotentprocessing',
  'lasttokenprocessing',
  // What we had seen is no longer so: another look tells what is.
  'incorrectinstancestatus',
  'incorrectinstancestatus.initializing',
  'instancenotready',
  'invalideventid.noinquiringeventfound',
  // The next invocation carries fresh keys.
  'invalidsecuritytoken.expired',
  'securitytokenexpired',
  // Keys of a role that ended a while ago: https://help.aliyun.com/zh/oss/support/0002-00000002
  'invalidaccesskeyid',
  'invalidaccesskeyid.notfound',
  // MNS and OSS
  'qpslimitexceeded',
  'requesttimeout',
  // https://www.alibabacloud.com/help/en/oss/support/http-status-code-503
  'totalqpslimitexceeded',
  'activerequestlimitexceeded',
  'downloadtrafficratelimitexceeded',
  'uploadtrafficratelimitexceeded',
]);

/** The cloud's own breakdowns: an answer came, but it does not tell whether the call took effect. */
const breakdowns = ['internalerror', 'internalservererror', 'unknownerror', 'serviceunavailable'];
const unclear = new Set(['requesttimeout', 'signaturenonceused', 'limitedoperation.serviceunavailable']);

/** One `CloudError` for whatever went wrong; secrets are taken out of its message. */
export function refusal(trouble: Trouble, origin: Origin, now: Millis): CloudError {
  const { product, action, write } = origin;
  const failed = (
    code: string,
    message: string,
    worthRepeating: boolean,
    mayHaveWorked: boolean,
    more = {},
  ) =>
    new CloudError(code, scrub(`${product} ${action}: ${code}: ${message}`), {
      worthRepeating,
      mayHaveWorked: write && mayHaveWorked,
      product,
      action,
      ...more,
    });
  switch (trouble.kind) {
    case 'timeout':
      return failed('Timeout', trouble.message, true, true);
    case 'lost':
      return failed('ConnectionLost', trouble.message, true, trouble.reached);
    case 'unreadable':
      return failed('UnexpectedAnswer', trouble.message, true, true);
    case 'refused': {
      const code = trouble.code.toLowerCase();
      const throttled = code.includes('throttling');
      const doubtful = unclear.has(code) || breakdowns.some((name) => code.startsWith(name));
      const retryAt = trouble.retryAt ?? (throttled ? nextMinute(now) : undefined);
      return failed(trouble.code, trouble.message, throttled || doubtful || passing.has(code), doubtful, {
        ...(trouble.requestId !== undefined && { requestId: trouble.requestId }),
        ...(retryAt !== undefined && { retryAt }),
        ...(trouble.missing !== undefined && { missing: trouble.missing }),
      });
    }
  }
}

/** Codes after which a read may be asked again at once: no answer, half an answer, or a breakdown. */
function isHiccup(error: unknown): boolean {
  if (!(error instanceof CloudError)) return false;
  const code = error.code.toLowerCase();
  return (
    ['connectionlost', 'unexpectedanswer'].includes(code) ||
    code === 'signaturenonceused' ||
    breakdowns.some((name) => code.startsWith(name))
  );
}

/** A read, asked at most three times at once; nothing sleeps. Timeouts are not repeated: they cost time. */
export async function askAgain<T>(read: () => Promise<T>, more = 2): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (more === 0 || !isHiccup(error)) throw error;
    return askAgain(read, more - 1);
  }
}

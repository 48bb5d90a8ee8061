import type { Delivery } from './deliveries';

/** Function Compute in both generations: what is deployed there, what waits to run, and what ran. */
export interface Compute {
  /** Services of FC 2.0 by name. */
  readonly services: Map<string, FunctionService>;
  /** By `functionKey`. */
  readonly functions: Map<string, CloudFunction>;
  /** Asynchronous invocations by `functionKey` and task id, as long as the simulation lasts. */
  readonly tasks: Map<string, AsyncTask>;
  /** What buses, streams and CloudMonitor have to hand over. */
  readonly deliveries: Delivery[];
  /** When a CloudMonitor rule told last of a resource's event. */
  readonly told: Map<string, number>;
  /** Every invocation in the order in which they ended. */
  readonly ran: FunctionRun[];
}

export interface FunctionService {
  readonly name: string;
  readonly id: string;
  readonly createdAt: number;
  modifiedAt: number;
  properties: ServiceProperties;
}

/** In the API's spelling; what is not looked at is kept and shown as it came. */
interface ServiceProperties {
  readonly [name: string]: unknown;
  readonly role?: string | undefined;
  readonly logConfig?: Readonly<Record<string, unknown>> | undefined;
}

export interface CloudFunction {
  readonly name: string;
  readonly id: string;
  /** Of FC 2.0 only: the service that it belongs to. */
  readonly service?: string;
  readonly createdAt: number;
  modifiedAt: number;
  properties: FunctionProperties;
  code: FunctionCode;
  readonly triggers: Map<string, FunctionTrigger>;
  asyncConfig?: AsyncConfig;
  /** The most instances that may run at a time; 0 switches the function off. */
  reservedConcurrency?: number;
}

/** In the API's spelling, with the API's defaults; what is not looked at is kept and shown as it came. */
interface FunctionProperties {
  readonly [name: string]: unknown;
  readonly handler: string;
  readonly runtime: string;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memorySize: number;
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** Of FC 3.0 only; in FC 2.0 the service has it. */
  readonly role?: string | undefined;
}

export interface FunctionCode {
  readonly zip: Buffer;
  /** CRC-64 of the zip in decimal digits, as OSS computes it. */
  readonly checksum: string;
}

export interface FunctionTrigger {
  readonly name: string;
  readonly id: string;
  readonly type: string;
  readonly createdAt: number;
  modifiedAt: number;
  config: Readonly<Record<string, unknown>>;
  readonly sourceArn?: string;
  invocationRole?: string;
  description?: string;
  qualifier?: string;
  /** Until when its timer ticks were played; the next one comes after it. */
  playedUntil: number;
}

/** How asynchronous invocations of a function are treated. */
export interface AsyncConfig {
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly maxAsyncRetryAttempts: number;
  readonly maxAsyncEventAgeInSeconds: number;
  /** Task mode (`asyncTask`, in FC 2.0 `statefulInvocation`): a task id that was used before is refused. */
  readonly asyncTask: boolean;
  readonly onSuccess?: string;
  readonly onFailure?: string;
}

/** One asynchronous invocation. */
export interface AsyncTask {
  readonly id: string;
  readonly requestId: string;
  readonly functionKey: string;
  /** `call`, or the name of a trigger or rule. */
  readonly by: string;
  readonly payload: Buffer;
  readonly enqueuedAt: number;
  /** When it may be tried next. */
  dueAt: number;
  attempts: number;
  /** How often it was put off because no instance was free. */
  throttled?: number;
  status: 'Enqueued' | 'Retrying' | 'Running' | 'Succeeded' | 'Failed' | 'Expired' | 'Stopped';
  startedAt?: number;
  endedAt?: number;
  error?: string;
  result?: string;
}

/** One invocation, with what it was called by and what it wrote. */
export interface FunctionRun {
  readonly requestId: string;
  readonly functionKey: string;
  /** `call` over the API, the trigger's name, or the rule's. */
  readonly by: string;
  readonly at: number;
  /** The event as text, at most its first 4096 characters. */
  readonly event: string;
  readonly error?: 'HandledInvocationError' | 'UnhandledInvocationError';
  /** What the handler gave back, or the error document. */
  readonly result: string;
  readonly log: readonly string[];
}

/** What tells functions apart: names of FC 3.0 stand alone, those of FC 2.0 behind their service. */
export function functionKey(service: string | undefined, name: string): string {
  return service === undefined ? name : `${service}/${name}`;
}

export function emptyCompute(): Compute {
  return {
    services: new Map(),
    functions: new Map(),
    tasks: new Map(),
    deliveries: [],
    told: new Map(),
    ran: [],
  };
}

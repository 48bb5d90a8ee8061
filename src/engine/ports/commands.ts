import type { Millis } from '../../event/system-event';

export interface CommandRequest {
  /** At most 128 characters. Names the command so that it is found again after a crash. */
  readonly name: string;
  readonly instanceId: string;
  readonly script: string;
  readonly timeoutSeconds: number;
  /** Must exist on the instance. Absent: /root. */
  readonly workingDir?: string;
  /** Must exist on the instance. Absent: root. */
  readonly user?: string;
}

export interface CommandState {
  readonly invokeId: string;
  readonly finished: boolean;
  readonly succeeded: boolean;
  /** InvocationStatus in the cloud's word. */
  readonly status: string;
  readonly exitCode?: number;
  readonly errorCode: string;
  /** Decoded, without secrets; at most 24 KB, the cloud keeps no more. */
  readonly output: string;
  readonly startedAt?: Millis;
  readonly finishedAt?: Millis;
}

export interface Commands {
  /** The newest command of that name on the instance. */
  find(name: string, instanceId: string): Promise<CommandState | undefined>;
  run(request: CommandRequest): Promise<{ readonly invokeId: string }>;
}

/** One Cloud Assistant command on one instance. Its whole course is computed when it starts. */
export interface Invocation {
  readonly invokeId: string;
  readonly commandId: string;
  readonly name: string;
  readonly content: string;
  readonly instanceId: string;
  readonly timeoutSeconds: number;
  readonly clientToken?: string;
  readonly createdAt: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  /** InvocationStatus once `finishedAt` has come. */
  readonly result: 'Success' | 'Failed' | 'Timeout' | 'Aborted' | 'Error';
  readonly exitCode?: number;
  readonly output: string;
  readonly errorCode: string;
}

/** An asynchronous task of ECS. Its end is known when it starts; readers see it unfold with the clock. */
export interface Task {
  readonly id: string;
  readonly action: 'RedeployInstance';
  readonly resourceId: string;
  readonly createdAt: number;
  readonly finishedAt: number;
  readonly result: 'Finished' | 'Failed';
}

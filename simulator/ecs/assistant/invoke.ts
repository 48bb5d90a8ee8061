import { strike } from '../../core/faults';
import type { Instance, Invocation, World } from '../../core/world';
import { isAgentOnline } from '../agent';
import { statusAt } from '../lifecycle';
import { whyUnfit } from './guest';
import type { Shell } from './shell';

export interface Order {
  readonly invokeId: string;
  readonly commandId: string;
  readonly name: string;
  readonly content: string;
  readonly timeoutSeconds: number;
  readonly clientToken?: string | undefined;
  /** Absent: /root. */
  readonly workingDir?: string | undefined;
  /** Absent: root. */
  readonly user?: string | undefined;
}

const latencyMs = 1000;
/** A command that cannot be delivered within a minute is given up. */
const deliveryMs = 60_000;

/** Runs the command on one instance and computes its whole course at once; readers see it unfold with the clock. */
export async function invoke(
  world: World,
  instance: Instance,
  order: Order,
  shell: Shell,
): Promise<Invocation> {
  const { now } = world;
  const base = {
    ...order,
    instanceId: instance.id,
    createdAt: now,
    startedAt: now + latencyMs,
    output: '',
    errorCode: '',
  };
  if (statusAt(instance, now) !== 'Running') {
    return { ...base, finishedAt: base.startedAt, result: 'Aborted', errorCode: 'InstanceNotRunning' };
  }
  if (!isAgentOnline(world, instance, now)) {
    return { ...base, finishedAt: now + deliveryMs, result: 'Aborted', errorCode: 'ClientNotRunning' };
  }
  const unfit = whyUnfit(instance, order);
  if (unfit !== undefined) return { ...base, finishedAt: base.startedAt, result: 'Error', errorCode: unfit };
  const struck = strike(world, ['command-fails'], {
    product: 'ecs',
    action: 'RunCommand',
    subject: `${instance.id} ${order.name}`,
  });
  if (struck !== undefined) {
    const exitCode = Number(struck.options.exitCode ?? 1);
    return {
      ...base,
      finishedAt: base.startedAt + 1000,
      result: 'Failed',
      exitCode,
      errorCode: 'ExitCodeNonzero',
    };
  }
  const session = { world, instance, startedAt: base.startedAt, now: base.startedAt };
  const { output, exitCode, elapsedMs, timedOut } = await shell(session, order.content, order);
  const finishedAt = base.startedAt + Math.max(1000, Math.round(elapsedMs));
  if (timedOut) return { ...base, output, finishedAt, result: 'Timeout', errorCode: 'ExecutionTimeout' };
  const isGood = exitCode === 0;
  const ending = isGood
    ? ({ result: 'Success', errorCode: '' } as const)
    : ({ result: 'Failed', errorCode: 'ExitCodeNonzero' } as const);
  return { ...base, output, exitCode, finishedAt, ...ending };
}

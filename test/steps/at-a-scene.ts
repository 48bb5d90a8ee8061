import type { Reach, Scene } from '../../src/steps/define-step';
import { stepTypes } from '../../src/steps';
import type { Facts, Verdict } from '../../src/run/run';
import type { EventStatus, SystemEvent } from '../../src/event/system-event';
import type { Change, InstanceState, Membership } from '../../src/engine/ports';

export const secondMs = 1000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
/** Thursday 19 November, 02:00 in Shanghai. */
export const t0 = Date.parse('2026-11-18T18:00:00Z');

/** Planned for 40 hours after `t0`. */
export function eventThatIs(status: EventStatus, more: Partial<SystemEvent> = {}): SystemEvent {
  return {
    id: 'e-bp1reboot000000001',
    code: 'SystemMaintenance.Reboot',
    status,
    account: '1690700000000030',
    region: 'cn-hangzhou',
    instanceId: 'i-1',
    notBefore: t0 + 40 * hourMs,
    ...more,
  };
}

/** Where a step `it` of `run-1` stands that began at `t0`, a minute ago. */
export function sceneOf(more: Partial<Scene> = {}): Scene {
  return {
    round: 1,
    digest: '9c1f0a2b3c4d',
    urgent: false,
    committed: false,
    now: t0 + minuteMs,
    runId: 'run-1',
    pool: 'web',
    stepId: 'it',
    since: t0,
    event: eventThatIs('Scheduled'),
    target: { instanceId: 'i-1', zone: 'cn-hangzhou-h', region: 'cn-hangzhou' },
    zone: 'Asia/Shanghai',
    facts: {},
    allFacts: {},
    ...more,
  };
}

export function instanceThatIs(status: string, more: Partial<InstanceState> = {}): InstanceState {
  return {
    id: 'i-1',
    name: 'web-1',
    zone: 'cn-hangzhou-h',
    status,
    startTime: '2026-10-02T03:04Z',
    tags: { app: 'storefront' },
    localDisks: 0,
    dedicatedHost: false,
    spot: false,
    ips: ['192.168.3.5'],
    enis: ['eni-1'],
    locks: [],
    ...more,
  };
}

/** `g/80` with a weight; without a port the group is all of the key. All groups are of one load balancer. */
export function membership(key: string, weight: number): Membership {
  const [group = '', port] = key.split('/');
  return { key, group, lane: 'lb', weight, ...(port !== undefined && { port: Number(port) }) };
}

export const places = [{ kind: 'clb', loadBalancer: 'lb-bp1web0000001' }];

/** What a step says, in a few words: `pending 15s`, `impossible no-backup`, `impossible event-gone, withdraw`. */
export function inWords(verdict: Verdict, now = t0 + minuteMs): string {
  switch (verdict.kind) {
    case 'pending':
      return `pending ${(verdict.again - now) / secondMs}s`;
    case 'impossible':
      return `impossible ${verdict.reason.code}${verdict.then ? `, ${verdict.then}` : ''}`;
    case 'done':
    case 'needed':
      return verdict.kind;
    default:
      return verdict satisfies never;
  }
}

type Direction = 'forward' | 'undo';

/** The step type's move, as plans and the engine reach it. */
export function moveOf(use: string, direction: Direction = 'forward') {
  const move = stepTypes.get(use)?.[direction];
  if (move === undefined) throw new Error(`no ${direction} of ${use}`);
  return move;
}

interface SetWeights {
  readonly group: string;
  /** Absent: the weights are set. */
  readonly how?: string;
  readonly weights: readonly { readonly port?: number; readonly weight: number }[];
}

/** Acts over a load balancer that remembers what it was told. */
export async function actOnWeights(
  use: string,
  at: { seen: unknown; parameters: Facts; scene: Scene; direction?: Direction },
): Promise<{ readonly told: readonly SetWeights[]; readonly facts: Facts }> {
  const told: SetWeights[] = [];
  const traffic = {
    write: async (_instanceId: string, changes: readonly Change[]) => {
      for (const { group, how, servers } of changes) {
        told.push({ group, ...(how !== 'weights' && { how }), weights: servers });
      }
      return {};
    },
  };
  const reach = { cloud: { traffic } } as unknown as Reach;
  const facts = await moveOf(use, at.direction).act(at.parameters, reach, at.scene, at.seen);
  return { told, facts };
}

import type { Alarms } from '../../engine/ports';
import type { SystemEvent } from '../../event/system-event';
import { inOrder, isOpen, isStronger } from '../../playbook/turn';
import type { Freeze } from '../../run/freezes';
import type { Scene } from '../define-step';
import type { InLine, SlotHolder } from './fold-ledger';
import type { Ledger } from './pool-ledger';
import type { Member } from './pool-members';
import type { RunView } from './run-view';
import { takesTurn } from './run-view';
import type { PoolPart } from './parameters';

export interface PoolSeen extends PoolPart {
  readonly ledger: Ledger;
  /** Absent while the ledger alone says why not: then nobody asks the cloud. */
  readonly members?: readonly Member[];
}

/** What a run that wants a slot looks at. */
export interface SlotSeen {
  /** Freezes that hold; absent: none. */
  readonly freezes?: readonly Freeze[];
  /** In order of their names, in which slots are taken. */
  readonly pools: readonly PoolSeen[];
  /** Other runs that may stand in the way. */
  readonly runs: Readonly<Record<string, RunView | undefined>>;
  /** Instances that ECS does not know any more. */
  readonly gone: readonly string[];
  readonly alarms?: Awaited<ReturnType<Alarms['firing']>>;
  /** Why planned work stops in every pool, and emergencies only tell; absent while it does not. */
  readonly breaker?: string;
  /** Looked up when another run has worked on the instance meanwhile. */
  readonly event?: SystemEvent;
}

/** Pools in which the run has no slot yet. */
export function missingIn({ pools }: SlotSeen, { runId }: Scene): readonly PoolSeen[] {
  return pools.filter(({ ledger }) => !ledger.holders.some(({ run }) => run === runId));
}

/** Another run that has the instance. */
export function holderOfInstance({ pools }: SlotSeen, scene: Scene): SlotHolder | undefined {
  return pools
    .flatMap(({ ledger }) => ledger.holders)
    .find(({ run, instanceId }) => instanceId === scene.target.instanceId && run !== scene.runId);
}

/**
 * Another run that waits for the same instance and has it first: the stronger one, as long as it can still go before
 * this one must.
 */
export function waitsFor(
  entry: InLine,
  line: readonly InLine[],
  runs: SlotSeen['runs'],
  now: number,
): InLine | undefined {
  return line.find(
    (other) =>
      other.run !== entry.run &&
      other.instanceId === entry.instanceId &&
      takesTurn(runs[other.run], now) &&
      isStronger(other, entry) &&
      (isOpen(other, now) || (!entry.urgent && comesInTime(other, entry, now))),
  );
}

function comesInTime({ opens = Infinity }: InLine, { lastStart = Infinity }: InLine, now: number): boolean {
  return opens > now && opens <= lastStart;
}

/** Planned runs of a line that may start now, in order; those that wait for a stronger run are left out. */
export function openLine({ ledger }: PoolSeen, { runs }: SlotSeen, now: number): readonly InLine[] {
  const open = ledger.line.filter(
    (entry) =>
      !entry.urgent &&
      isOpen(entry, now) &&
      takesTurn(runs[entry.run], now) &&
      waitsFor(entry, ledger.line, runs, now) === undefined,
  );
  return inOrder(open, ledger.holders);
}

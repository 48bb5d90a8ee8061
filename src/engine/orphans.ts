import type { Configuration } from '../playbook/configuration';
import { readLedger } from '../steps/slot/pool-ledger';
import { hasEnded, viewRun } from '../steps/slot/run-view';
import type { RunHealth } from './look-after';
import { note } from './noted';
import type { World } from './ports';

const journal = 'orphans';

/** A member that we took out and that nobody will bring back. */
export interface Orphan {
  readonly run: string;
  readonly instance: string;
  readonly pool: string;
  readonly why: string;
}

/**
 * Members taken out and not returned: their run could not put them back, or is over and still has a slot. Each is
 * written down once; somebody is called, unless the run itself has called already.
 */
export async function findOrphans(
  world: World,
  { pools }: Configuration,
  runs: readonly RunHealth[],
): Promise<readonly Orphan[]> {
  const stuck = runs.filter(({ reason }) => reason?.code === 'undo-failed').map(stuckOf);
  for (const one of stuck) await write(world, one);
  const going = new Set(runs.map(({ runId }) => runId));
  const found: Orphan[] = [...stuck];
  for (const { metadata } of pools) {
    const { holders } = await readLedger(world.journals, metadata.name);
    for (const { run, instanceId: instance } of holders.filter((holder) => !going.has(holder.run))) {
      if (!hasEnded(await viewRun(world.journals, run))) continue;
      const why = `its run is over and still has a slot of ${metadata.name}`;
      const orphan = { run, instance, pool: metadata.name, why };
      found.push(orphan);
      if (await write(world, orphan)) call(world, orphan);
    }
  }
  return found;
}

function stuckOf({ runId, instanceId, pool, reason }: RunHealth): Orphan {
  return { run: runId, instance: instanceId, pool, why: reason?.sentence ?? 'it could not be put back' };
}

async function write(world: World, orphan: Orphan): Promise<boolean> {
  return note(world.journals, journal, (lines) =>
    lines.some(({ run, why }) => run === orphan.run && why === orphan.why)
      ? undefined
      : { kind: 'orphan', at: world.now(), ...orphan },
  );
}

function call(world: World, { run, instance, why }: Orphan): void {
  const text = `${instance} was taken out and is not back: ${why}`;
  world.log({ at: world.now(), kind: 'call-someone', text, run, instance });
}

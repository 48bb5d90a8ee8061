import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordWrite } from '../../simulator/core/record';
import { announce } from '../../simulator/ecs/announce';
import type { FleetInput } from '../../simulator/fleet/schema';
import { products } from '../../simulator/products';
import { openInProcessWorld, type InProcessWorld } from './in-process-world';
import { web2 } from './story-fleet';

/** One thing that an earlier version of the program did. */
type Happened =
  | { readonly at: number; readonly kind: 'line'; readonly journal: string; readonly line: string }
  | { readonly at: number; readonly kind: 'message'; readonly body: string; readonly delaySeconds: number }
  | {
      readonly at: number;
      readonly kind: 'write';
      readonly product: string;
      readonly action: string;
      readonly params: Record<string, string>;
    };

export interface Recorded {
  readonly story: string;
  readonly start: number;
  readonly fleet: FleetInput;
  readonly happened: readonly Happened[];
  /** Name of the run's journal. */
  readonly journal: string;
}

/** Reads a recorded story of an earlier version: `test/recorded/<version>/<story>.jsonl`. */
export function readRecorded(version: string, story: string): Recorded {
  const text = readFileSync(join(process.cwd(), 'test/recorded', version, `${story}.jsonl`), 'utf8');
  const [head, ...happened] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  const { start, fleet } = head as Recorded;
  const begun = (happened as Happened[]).find(({ kind }) => kind === 'line');
  if (begun?.kind !== 'line') throw new Error(`${story}: no journal in it`);
  return { story, start, fleet, happened: happened as Happened[], journal: begun.journal };
}

/**
 * The world as it was after the first `count` things had happened: the cloud by the same writes at the same
 * times, the journals line by line, and in the queue the message that was sent last.
 */
export async function restore(recorded: Recorded, count: number): Promise<InProcessWorld> {
  const inProcess = openInProcessWorld(recorded.fleet);
  const { cloud, world, moveTo } = inProcess;
  announceAgain(inProcess, recorded.story);
  let body: string | undefined;
  for (const one of recorded.happened.slice(0, count)) {
    moveTo(Math.max(cloud.now, one.at));
    if (one.kind === 'line') await append(inProcess, one);
    if (one.kind === 'write') await writeAgain(inProcess, one);
    if (one.kind === 'message') body = one.body;
  }
  await world.openRuns.put(recorded.journal.replace('runs/', ''), recorded.start);
  if (body !== undefined) await world.queue.send([{ body, delaySeconds: 0 }]);
  return inProcess;
}

function announceAgain({ cloud }: InProcessWorld, story: string): void {
  if (story === 'undone') {
    const fault = { id: 'f', name: 'command-fails', target: 'save', nth: 1, times: 99, options: {} };
    cloud.faults.push({ ...fault, since: cloud.now, seen: 0, struck: 0 });
  }
  announce(cloud, {
    instanceId: web2,
    code: 'SystemMaintenance.Reboot',
    eventId: 'e-bp1first0000000001',
    notBefore: Date.parse('2026-11-19T06:00:00Z'),
    clears: story !== 'held',
    reason: 'System maintenance is scheduled due to underlying hardware risk.',
  });
}

async function append(
  { world }: InProcessWorld,
  { journal, line }: Happened & { kind: 'line' },
): Promise<void> {
  const { position } = await world.journals.read(journal, 0);
  await world.journals.append(journal, position, line);
}

async function writeAgain({ cloud }: InProcessWorld, write: Happened & { kind: 'write' }): Promise<void> {
  const { product, action, params } = write;
  const operation = products.find(({ name }) => name === product)?.operations[action];
  if (operation === undefined) throw new Error(`the simulated cloud has no ${product} ${action}`);
  await operation(cloud, {
    product,
    action,
    params,
    region: cloud.region,
    requestId: 'r',
    now: cloud.now,
  });
  recordWrite(cloud, { product, action, target: '', params, outcome: 'done' });
}

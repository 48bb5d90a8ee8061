import * as z from 'zod';
import { recordWrite } from '../core/record';
import type { World } from '../core/world';
import { changeRecord, turn } from '../dns/change';
import type { Knock } from './knock';
import { known } from './refusal';

const Change = z.strictObject({
  on: z.boolean().optional(),
  value: z.string().min(1).optional(),
  ttlSeconds: z.number().int().min(1).max(86_400).optional(),
  /** Its weight where answers go by weight. */
  share: z.number().int().min(1).max(100).optional(),
  locked: z.boolean().optional(),
});

/** A person changes a record in the console, or locks it. */
export function patchDnsRecord(world: World, { body, id }: Knock): object {
  const { on, locked, ...change } = Change.parse(body);
  const all = [...world.dnsZones.values()].flatMap((zone) =>
    zone.records.map((record) => ({ zone, record })),
  );
  const found = known('DNS record', new Map(all.map((one) => [one.record.id, one])), id);
  const { zone, record } = found;
  if (locked !== undefined) record.locked = locked;
  changeRecord(zone, record, change, world.now);
  if (on !== undefined) turn(record, on, world.now);
  const params = { id, ...change, on, locked };
  recordWrite(world, { product: 'person', action: 'SetRecord', target: id, params, outcome: 'done' });
  return { id };
}

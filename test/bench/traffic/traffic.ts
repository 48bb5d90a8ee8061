import type { Chance } from '../../storm/chance';
import { startForwarder, type Forwarder } from './forwarder';
import { createGenerator, type Counts } from './generator';
import { createHealthCheck } from './health-check';
import { lookAt, type Picture } from './picture';
import { startStandIn, type StandIn } from './servers';

/** What was seen of real traffic while the story went on. */
export interface Seen extends Counts {
  /** Answers under way on the instance when its first weight fell to 0; undefined when none did. */
  readonly atDrain?: number;
  /** Answers under way on the instance at the moment it went down, and cut off; undefined when it never did. */
  readonly atRestart?: number;
}

export interface Traffic {
  /** Lets what is due happen to the requests under way, and sends new ones. Answers the simulated cloud's instant. */
  flow(): Promise<number>;
  seen(): Seen;
  close(): Promise<void>;
}

/** Of so many requests one has a long answer, as downloads and long polls have. */
const oneLongIn = 4;
const longSeconds = { least: 20, most: 240 };
/** After so long every answer has come to its end. */
export const longestMs = longSeconds.most * 1000;
/** Requests to each group at each instant. */
const batch = 2;
const healthCheckMs = 10_000;

/** Real requests through a real forwarder for each server group, to a real server for each instance. */
export async function openTraffic(endpoint: string, instance: string, chance: Chance): Promise<Traffic> {
  const first = await lookAt(endpoint);
  const servers = new Map<string, StandIn>();
  for (const id of first.instances) servers.set(id, await startStandIn(id));
  const forwarders = new Map<string, Forwarder>();
  for (const { group } of first.rows)
    if (!forwarders.has(group)) forwarders.set(group, await startForwarder());
  const generator = createGenerator();
  const checks = createHealthCheck(healthCheckMs);
  const inFlight = () => servers.get(instance)?.inFlight() ?? 0;
  let atDrain: number | undefined;
  let atRestart: number | undefined;

  const takeUpAndDown = async ({ now, up, rows }: Picture) => {
    for (const server of servers.values()) server.finish(now);
    await generator.settle(now, () => true);
    if (rows.some((row) => row.instance === instance && row.weight === 0)) atDrain ??= inFlight();
    if (!up(instance)) atRestart ??= inFlight();
    for (const [id, server] of servers) {
      server.setUp(up(id));
      checks.see(now, id, up(id));
    }
    await generator.settle(now, up);
  };
  const aim = ({ now, rows }: Picture) => {
    for (const [name, forwarder] of forwarders) {
      const listed = rows.filter(({ group }) => group === name);
      forwarder.aim(
        listed.map((row) => ({
          name: row.name,
          port: servers.get(row.instance)?.port ?? 0,
          weight: row.weight,
          healthy: checks.says(now, row.instance),
        })),
      );
    }
  };
  return {
    async flow() {
      const picture = await lookAt(endpoint);
      await takeUpAndDown(picture);
      aim(picture);
      for (let nth = 0; nth < batch; nth += 1) {
        for (const { port } of forwarders.values()) await generator.send(port, drawEnd(chance, picture.now));
      }
      return picture.now;
    },
    seen: () => ({ ...generator.counts(), atDrain, atRestart }),
    async close() {
      generator.close();
      for (const one of [...forwarders.values(), ...servers.values()]) await one.close();
    },
  };
}

/** When a long answer ends; undefined for one that is short. */
function drawEnd(chance: Chance, now: number): number | undefined {
  if (!chance.happens(1 / oneLongIn)) return undefined;
  return now + chance.between(longSeconds.least, longSeconds.most) * 1000;
}

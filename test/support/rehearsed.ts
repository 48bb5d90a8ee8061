import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import colors from 'picocolors';
import { parse } from 'yaml';
import type { FleetInput } from '../../simulator/fleet/schema';
import { openFrontDoor } from '../../src/cli/front-door';
import type { Handler, LoadHandler } from '../../src/cli/rehearse/local-runner';
import { rehearseIn, type RehearseOptions } from '../../src/cli/rehearse/rehearse';
import type { Report } from '../../src/cli/rehearse/report';
import { startSimulator } from './simulator';

/** The functions as their sources have them. */
const loadSource: LoadHandler = async ({ file, exported }) => {
  const module = (await import(join('..', '..', file.replace(/^dist\//, '')))) as Record<string, unknown>;
  return module[exported] as Handler;
};

export interface Rehearsed {
  readonly report: Report;
  /** What was printed meanwhile, without colours. */
  readonly lines: readonly string[];
}

/**
 * A rehearsal in a simulated cloud inside the test.
 *
 * @param playbooks a folder with an `example/fleet.yml`
 */
export async function rehearsed(
  options: Partial<RehearseOptions>,
  playbooks = 'playbooks',
): Promise<Rehearsed> {
  const fleet = join(playbooks, 'example/fleet.yml');
  const simulator = await startSimulator(parse(readFileSync(fleet, 'utf8')) as FleetInput);
  const lines: string[] = [];
  const screen = {
    paint: colors.createColors(false),
    live: false,
    print: (line: string) => void lines.push(stripVTControlCharacters(line)),
    status: () => undefined,
  };
  try {
    const cloud = { facts: simulator, door: openFrontDoor(simulator.endpoint) };
    const whole = { files: [], faults: [], days: 14, playbooks, fleet, ...options };
    return { report: await rehearseIn(cloud, whole, screen, loadSource), lines };
  } finally {
    await simulator.close();
  }
}

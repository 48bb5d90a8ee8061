import type { Millis } from '../event/system-event';
import type { Configuration } from '../playbook/configuration';
import type { World } from './ports';

/**
 * Keeps what could not be read in a journal of its own, with the reason, and tells. Nothing is lost: in observe
 * mode, which writes nothing, the log line has the whole text.
 */
export async function setAside(
  world: World,
  {
    why,
    text,
    mode,
  }: {
    readonly why: string;
    readonly text: string;
    readonly mode: Configuration['settings']['spec']['mode'];
  },
): Promise<void> {
  const at = world.now();
  if (mode !== 'observe') await keep(world, at, why, text);
  world.log({ at, kind: 'warning', text: `set aside: ${why}`, data: { text } });
}

async function keep(world: World, at: Millis, why: string, text: string): Promise<void> {
  const line = JSON.stringify({ kind: 'set-aside', at, why, text });
  let end = (await world.journals.read('set-aside', 0)).position;
  while ((await world.journals.append('set-aside', end, line)).kind === 'lost') {
    end = (await world.journals.read('set-aside', end)).position;
  }
}

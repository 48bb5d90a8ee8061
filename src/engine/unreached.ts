import { saySite, type Site } from '../event/site';
import type { Millis } from '../event/system-event';
import { note } from './noted';
import type { CloudError, World } from './ports';

const journal = 'unreached';
/** What passes by itself within this time calls nobody. */
const patienceMs = 15 * 60_000;

/**
 * An account and region could not be looked at. Somebody is called once: at once where it cannot pass by itself (a
 * role that is gone), after a while where it can.
 */
export async function noteUnreached(world: World, site: Site, error: CloudError): Promise<void> {
  const at = world.now();
  const name = saySite(site);
  const why = error.message;
  let calls = false;
  await note(world.journals, journal, (lines) => {
    const outage = outageIn(lines, name);
    calls = !outage.called && (!error.detail.worthRepeating || at - (outage.since ?? at) >= patienceMs);
    if (calls) return { kind: 'called', at, site: name, why };
    return outage.since === undefined ? { kind: 'unreached', at, site: name, why } : undefined;
  });
  const kind = calls ? 'call-someone' : 'warning';
  const text = `account ${name} could not be looked at: ${why}; other accounts go on`;
  world.log({ at, kind, text, data: { unreached: name, code: error.code } });
}

/** It answers again: told, where somebody had been called. */
export async function noteReached(world: World, site: Site): Promise<void> {
  const at = world.now();
  const name = saySite(site);
  let outage: Outage = { called: false };
  const wasOut = await note(world.journals, journal, (lines) => {
    outage = outageIn(lines, name);
    return outage.since === undefined ? undefined : { kind: 'reached', at, site: name };
  });
  if (!wasOut || !outage.called) return;
  world.log({ at, kind: 'notice', text: `account ${name} can be looked at again` });
}

interface Outage {
  readonly since?: Millis;
  readonly called: boolean;
}

/** The outage of a site that is not over, if there is one. */
function outageIn(lines: readonly Readonly<Record<string, unknown>>[], site: string): Outage {
  const own = lines.filter((line) => line['site'] === site);
  const open = own.slice(own.findLastIndex(({ kind }) => kind === 'reached') + 1);
  const [first] = open;
  if (first === undefined) return { called: false };
  return { since: Number(first['at']), called: open.some(({ kind }) => kind === 'called') };
}

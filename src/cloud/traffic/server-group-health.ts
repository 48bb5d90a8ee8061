import type { Health } from '../../engine/ports';
import type { Entry } from './kind';
import type { Checked } from './server-group-dialect';
import { worse } from './worse';

/**
 * Only servers that are not in good health are listed, so that one who is not listed is well: as long as the check is on,
 * and the server has a weight. Of one without a weight neither product has to say anything.
 */
export function healthOf(
  checked: readonly Checked[],
  kind: string,
  entries: readonly Entry[],
): Readonly<Record<string, Health>> {
  const worst: Record<string, Health> = {};
  for (const { group, isOn, unwell } of checked) {
    for (const entry of entries.filter((one) => one.group === `${kind}/${group}`)) {
      const row = unwell.find((one) => speaksOf(one, entry));
      const silent: Health = isOn && entry.weight > 0 ? 'normal' : 'unknown';
      const said: Health = row?.status.toLowerCase() === 'unhealthy' ? 'abnormal' : 'unknown';
      worst[entry.key] = worse(worst[entry.key], row === undefined ? silent : said);
    }
  }
  return worst;
}

/** A card that stands in the group with several addresses is told of once for each. */
function speaksOf({ server, port, ip }: Checked['unwell'][number], entry: Entry): boolean {
  if (server !== entry.server.id || (port !== undefined && port !== entry.port)) return false;
  return ip === undefined || entry.server.ip === undefined || ip === entry.server.ip;
}

import { defineCommand } from 'just-bash';
import type { CustomCommand } from 'just-bash';
import { establishedConnections } from '../connections';
import { ok } from './results';
import type { Session } from './session';

/**
 * One line for each established connection at the script's own time, whatever ports are asked for. As in the real
 * tool, a filter on one state takes the State column away, and `-H` the heading.
 */
export function ss(session: Session): CustomCommand {
  return defineCommand('ss', async (args) => {
    const { world, instance, now } = session;
    const hasStateFilter = args.includes('state');
    const wantsOther =
      hasStateFilter && !['established', 'connected', 'all'].includes(args[args.indexOf('state') + 1] ?? '');
    const count = wantsOther ? 0 : establishedConnections(world, instance, now);
    const column = hasStateFilter ? '' : 'ESTAB ';
    const rows = Array.from({ length: count }, (_, index) => {
      const peer = `100.64.${Math.floor(index / 200)}.${(index % 200) + 1}:${40_000 + index}`;
      return `${column}0      0      ${instance.privateIp}:8080 ${peer}\n`;
    });
    const flags = args.filter((arg) => /^-[A-Za-z]+$/.test(arg)).join('');
    const isBare = flags.includes('H') || args.includes('--no-header');
    const heading = `${hasStateFilter ? '' : 'State '}Recv-Q Send-Q Local Address:Port Peer Address:Port\n`;
    // All of it is ASCII; as text the shell would encode it character by character, for every pipe.
    return { ...ok((isBare ? '' : heading) + rows.join('')), stdoutKind: 'bytes' };
  });
}

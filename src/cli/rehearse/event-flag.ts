import { existsSync } from 'node:fs';
import { eventKind } from '../../event/kinds';
import { eventStatuses, isOver } from '../../event/system-event';
import { suggestName } from '../../playbook/sentences';
import { usualStatus } from '../announcements';
import { BadInput } from '../exits';
import type { Occasion } from './occasion';

const statusBehind = new RegExp(`^(.+):(${eventStatuses.join('|')})$`);

/**
 * What `--event` means that names an event in place of a file: its code, and the status in which it is announced, such
 * as `SystemMaintenance.Reboot:Inquiring`. Undefined for a file, and for what is neither.
 *
 * @throws BadInput when an event of that code is never announced so
 */
export function readEventFlag(text: string): Pick<Occasion, 'code' | 'status'> | undefined {
  if (existsSync(text)) return undefined;
  const [, before = text, behind] = statusBehind.exec(text) ?? [];
  const kind = eventKind(before);
  if (kind === undefined) return undefined;
  const open = kind.statuses.filter((status) => !isOver(status));
  if (open.length === 0)
    throw new BadInput(`--event ${text}: ${before} is a notice, and no playbook answers it`);
  const status = open.find((one) => one === behind);
  if (status !== undefined) return { code: before, status };
  if (behind !== undefined) {
    throw new BadInput(
      `--event ${text}: ${before} is never announced ${behind}; ${suggestName(behind, open)}`,
    );
  }
  const usual = usualStatus(kind);
  return usual && { code: before, status: usual };
}

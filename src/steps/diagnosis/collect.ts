import { diagnose } from '../../diagnosis/diagnose';
import type { Diagnosis } from '../../diagnosis/diagnosis';
import { isSilentSince, readLastWord } from '../../diagnosis/last-word';
import type { Cloud, NotShown, Picture } from '../../engine/ports';
import type { Millis } from '../../event/system-event';

/** What was found out about an instance from outside. */
export interface Collected {
  /** Decoded, without secrets; absent: there is none. */
  readonly log?: string;
  /** One line about the log: what there is, or why there is none. */
  readonly console: string;
  readonly lastWord?: string;
  readonly picture?: Picture;
  /** One line about the picture. */
  readonly screenshot: string;
  /** Absent without a log. */
  readonly diagnosis?: Diagnosis;
}

interface Wanted {
  readonly console: boolean;
  readonly screenshot: boolean;
  /** When the trouble began, to tell whether the system has printed anything since. */
  readonly since?: Millis | undefined;
}

/** Reads console and screen of an instance, and its disks to name them. Reads only; what cannot be had is said. */
export async function collect(
  { instances, disks }: Pick<Cloud, 'instances' | 'disks'>,
  id: string,
  wanted: Wanted,
): Promise<Collected> {
  const skipped: NotShown = { none: 'was not asked for' };
  const [output, picture] = await Promise.all([
    wanted.console ? instances.console(id) : skipped,
    wanted.screenshot ? instances.screenshot(id) : skipped,
  ]);
  const seen = 'none' in picture ? { screenshot: picture.none } : { picture, screenshot: picture.type };
  if ('none' in output) return { console: output.none, ...seen };
  const { log, updated } = output;
  // Whatever keeps them from being told, devices then go without the ids of their disks.
  const known = await disks.of(id).catch(() => []);
  const lastWord = sayLastWord(updated, wanted.since);
  return {
    log,
    console: log.trim() === '' ? 'empty' : `${log.trimEnd().split('\n').length} lines`,
    ...(lastWord !== undefined && { lastWord }),
    diagnosis: diagnose(log, known),
    ...seen,
  };
}

/** The documents disagree about the zone: both readings are told. */
function sayLastWord(updated: string, since: Millis | undefined): string | undefined {
  const word = readLastWord(updated);
  if (word === undefined) return undefined;
  const [earliest, latest] = [word.earliest, word.latest].map((at) =>
    new Date(at).toISOString().slice(0, 19),
  );
  const readings = `${updated} as the cloud writes it: ${earliest}Z, or ${latest}Z if that is UTC already`;
  const isSilent = since !== undefined && isSilentSince(word, since);
  return isSilent ? `${readings}; the system has printed nothing since the trouble began` : readings;
}

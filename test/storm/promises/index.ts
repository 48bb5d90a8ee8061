import type { Promised } from '../story';
import { answeredOnce } from './answered-once';
import { backupFirst } from './backup-first';
import { changeOfMind } from './change-of-mind';
import { clearedOrNotDone } from './cleared-or-not-done';
import { everyRunEnds } from './every-run-ends';
import { guardHolds } from './guard-holds';
import { insideTheWindow } from './inside-the-window';
import { lastInGroup } from './last-in-group';
import { messageKept } from './message-kept';
import { nobodySilent } from './nobody-silent';
import { noRestartUnderTraffic } from './no-restart-under-traffic';
import { observeWritesNothing } from './observe-writes-nothing';
import { oneAtATime } from './one-at-a-time';
import { oneHistory } from './one-history';
import { sameBytes } from './same-bytes';
import { scriptsOnce } from './scripts-once';
import { secretsKept } from './secrets-kept';
import { snapshotsFirst } from './snapshots-first';
import { trafficWhenHealthy } from './traffic-when-healthy';
import { weightsComeBack } from './weights-come-back';

/** What the program promises (docs/guarantees.md), one function each. */
export const promises: readonly Promised[] = [
  nobodySilent,
  answeredOnce,
  noRestartUnderTraffic,
  backupFirst,
  guardHolds,
  lastInGroup,
  weightsComeBack,
  insideTheWindow,
  changeOfMind,
  clearedOrNotDone,
  everyRunEnds,
  observeWritesNothing,
  secretsKept,
  messageKept,
  oneHistory,
  oneAtATime,
  trafficWhenHealthy,
  sameBytes,
  scriptsOnce,
  snapshotsFirst,
];

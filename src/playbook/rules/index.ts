import type { Rule } from '../draft';
import { accountsAreClear, accountsAreNamed, poolsAreSomewhere } from './accounts';
import { somethingAnswers } from './answerable';
import { backupsGoToTheirBucket, requiredBackupsExist } from './backups';
import { rangesHaveLength, windowsFitTheRun } from './calendars';
import { commitIsClear, stepIdsAreUnique, undoEndsAtCommit } from './commit-point';
import { floorsAreBelow, guardsLetSomebodyOut } from './guards';
import { conditionsAreAnswerable, conditionsStandBeside } from './conditions';
import { answersAreProved, callSomeoneIsLast } from './ladder';
import { laterEventsAreAwaited, laterEventsAreKnown } from './later-events';
import { letGoCanPutBack } from './let-go';
import { drainsSayHowFar, loweredIsNotOut, softDrainsAreDrained } from './lowered-traffic';
import { localDataIsKept } from './local-data';
import { runsMayBegin } from './members';
import { namedAnswersAnswer } from './named-answer';
import { calendarsAreKnown, eventsAreKnown, namesAreUnique, poolsAreKnown } from './names';
import { oneAnswerPerEvent } from './one-answer';
import { approversAreKnown, enoughAreAsked, groupsAreUnique } from './people';
import { scriptsCanBeRun } from './scripts';
import { rampsReachTheTop, trafficComesBack } from './traffic-comes-back';

/** What must hold beyond the shape of each document. */
export const rules: readonly Rule[] = [
  namesAreUnique,
  accountsAreNamed,
  accountsAreClear,
  poolsAreSomewhere,
  poolsAreKnown,
  calendarsAreKnown,
  eventsAreKnown,
  somethingAnswers,
  namedAnswersAnswer,
  laterEventsAreKnown,
  laterEventsAreAwaited,
  stepIdsAreUnique,
  commitIsClear,
  undoEndsAtCommit,
  trafficComesBack,
  rampsReachTheTop,
  drainsSayHowFar,
  loweredIsNotOut,
  softDrainsAreDrained,
  requiredBackupsExist,
  backupsGoToTheirBucket,
  letGoCanPutBack,
  scriptsCanBeRun,
  conditionsStandBeside,
  conditionsAreAnswerable,
  runsMayBegin,
  guardsLetSomebodyOut,
  floorsAreBelow,
  answersAreProved,
  callSomeoneIsLast,
  localDataIsKept,
  groupsAreUnique,
  approversAreKnown,
  enoughAreAsked,
  rangesHaveLength,
  windowsFitTheRun,
  oneAnswerPerEvent,
];

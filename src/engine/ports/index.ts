/** Everything the engine and the steps may touch. Adapters live in `src/cloud`. */
import type { Site } from '../../event/site';
import type { Millis } from '../../event/system-event';
import type { Commands } from './commands';
import type { Disks } from './disks';
import type { Events } from './events';
import type { Files } from './files';
import type { Instances } from './instances';
import type { Journals, OpenRuns } from './journals';
import type { Log } from './log';
import type { Alarms, Metrics } from './metrics';
import type { Playbooks } from './playbooks';
import type { Queue } from './queue';
import type { Scaling } from './scaling';
import type { Snapshots } from './snapshots';
import type { Traffic } from './traffic';

export { CloudError } from './cloud-error';
export type { CommandRequest, CommandState, Commands } from './commands';
export type { Disks, DiskState } from './disks';
export type { ConsoleOutput, NotShown, Picture } from './console';
export type { Events } from './events';
export type { Files } from './files';
export type { InstanceState, Instances, Redeployment } from './instances';
export type { Journals, OpenRuns } from './journals';
export type { Log, LogEntry } from './log';
export type { Alarms, Metrics } from './metrics';
export type { ListedFile, Playbooks } from './playbooks';
export type { Queue, Received, Successor } from './queue';
export type { AttachedGroup, Scaling, ScalingGroup, ScalingMember } from './scaling';
export type { Snapshots, SnapshotState } from './snapshots';
export type { Change, GroupAbout, GroupServer, Health, Membership, ServerRef, Traffic } from './traffic';

export interface World {
  readonly now: () => Millis;
  /** Names this invocation: no other writer's line in a journal is ever the same as ours. */
  readonly worker: string;
  /** The account and region of the functions, unless the settings say otherwise. */
  readonly cloud: Cloud;
  /** Where the functions run, and queue, journals and markers are. Absent, like `cloudAt`: there is nothing else. */
  readonly home?: Pick<Site, 'account' | 'region'>;
  /** The cloud of another account or region; its keys are come by when it is first asked. */
  readonly cloudAt?: (site: Site) => Cloud;
  readonly journals: Journals;
  readonly openRuns: OpenRuns;
  readonly playbooks: Playbooks;
  readonly queue: Queue;
  /** Messages that were received too often without being removed; the queue put them aside by itself. */
  readonly deadLetters: Pick<Queue, 'receive' | 'remove'>;
  readonly log: Log;
}

export interface Cloud {
  readonly instances: Instances;
  readonly events: Events;
  readonly commands: Commands;
  readonly traffic: Traffic;
  readonly metrics: Metrics;
  readonly alarms: Alarms;
  readonly scaling: Scaling;
  readonly files: Files;
  readonly disks: Disks;
  readonly snapshots: Snapshots;
}

import type { Operation, Product } from '../core/call';
import { AcceptInquiredSystemEvent } from './AcceptInquiredSystemEvent';
import { CancelSimulatedSystemEvents } from './CancelSimulatedSystemEvents';
import { CreateSimulatedSystemEvents } from './CreateSimulatedSystemEvents';
import { DescribeCloudAssistantStatus } from './DescribeCloudAssistantStatus';
import { DescribeDisks } from './DescribeDisks';
import { DescribeDisksFullStatus } from './DescribeDisksFullStatus';
import { DescribeInstanceHistoryEvents } from './DescribeInstanceHistoryEvents';
import { DescribeInstanceMaintenanceAttributes } from './DescribeInstanceMaintenanceAttributes';
import { DescribeInstanceRamRole } from './DescribeInstanceRamRole';
import { DescribeInstanceStatus } from './DescribeInstanceStatus';
import { DescribeInstances } from './DescribeInstances';
import { DescribeInstancesFullStatus } from './DescribeInstancesFullStatus';
import { DescribeInvocationResults } from './DescribeInvocationResults';
import { DescribeInvocations } from './DescribeInvocations';
import { CreateSnapshot } from './snapshots/CreateSnapshot';
import { CreateSnapshotGroup } from './snapshots/CreateSnapshotGroup';
import { DescribeSnapshotGroups } from './snapshots/DescribeSnapshotGroups';
import { DescribeSnapshots } from './snapshots/DescribeSnapshots';
import { DescribeTasks } from './DescribeTasks';
import { GetInstanceConsoleOutput } from './GetInstanceConsoleOutput';
import { GetInstanceScreenshot } from './GetInstanceScreenshot';
import { ListTagResources } from './ListTagResources';
import { ModifyInstanceMaintenanceAttributes } from './ModifyInstanceMaintenanceAttributes';
import { ModifySystemEventAttribute } from './ModifySystemEventAttribute';
import { RebootInstance } from './RebootInstance';
import { RedeployInstance } from './RedeployInstance';
import { RunCommand } from './RunCommand';
import { StartInstance } from './StartInstance';
import { StopInstance } from './StopInstance';
import { TagResources } from './TagResources';
import { UntagResources } from './UntagResources';

const reads: Record<string, Operation> = {
  DescribeCloudAssistantStatus,
  DescribeDisks,
  DescribeDisksFullStatus,
  DescribeInstanceHistoryEvents,
  DescribeInstanceMaintenanceAttributes,
  DescribeInstanceRamRole,
  DescribeInstanceStatus,
  DescribeInstances,
  DescribeInstancesFullStatus,
  DescribeInvocationResults,
  DescribeInvocations,
  DescribeSnapshotGroups,
  DescribeSnapshots,
  DescribeTasks,
  GetInstanceConsoleOutput,
  GetInstanceScreenshot,
  ListTagResources,
};

const writes: Record<string, Operation> = {
  AcceptInquiredSystemEvent,
  CancelSimulatedSystemEvents,
  CreateSimulatedSystemEvents,
  CreateSnapshot,
  CreateSnapshotGroup,
  ModifyInstanceMaintenanceAttributes,
  ModifySystemEventAttribute,
  RebootInstance,
  RedeployInstance,
  RunCommand,
  StartInstance,
  StopInstance,
  TagResources,
  UntagResources,
};

/** Elastic Compute Service: https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-overview */
export const ecs: Product = {
  name: 'ecs',
  version: '2014-05-26',
  operations: { ...reads, ...writes },
  writes: new Set(Object.keys(writes)),
};

import * as z from 'zod';
import { dnsZone } from './dns';
import { defaultSettings, defaultSwitches } from '../core/settings';
import { fleetRole } from './ram';
import { applicationLoadBalancer, networkLoadBalancer, serverGroup } from './server-groups';

const seconds = z.number().min(0);
const instant = z.iso.datetime({ error: 'expected a UTC time such as "2026-11-17T07:10:00Z"' });
const weight = z.number().int().min(0).max(100);
const port = z.number().int().min(1).max(65_535);

const disk = z.strictObject({
  id: z.string().optional(),
  category: z.string().default('cloud_essd'),
  kind: z.enum(['system', 'data']).default('data'),
  sizeGiB: z.number().positive().default(40),
  device: z.string(),
  /** Where the instance has it mounted from the start: files below are on this disk. */
  mountPoint: z.string().startsWith('/').optional(),
  filesystem: z.enum(['ext4', 'xfs']).default('ext4'),
  /** The file system is on its one partition instead of all of the disk. */
  partitioned: z.boolean().default(false),
  /** Absolute paths on it that cannot be read: the disk is failing. */
  failing: z.array(z.string().startsWith('/')).default([]),
});

const instance = z.strictObject({
  id: z.string().startsWith('i-'),
  name: z.string().optional(),
  zone: z.string(),
  type: z.string().default('ecs.g7.large'),
  status: z.enum(['Running', 'Stopped']).default('Running'),
  startedAt: instant.default('2026-01-05T02:11:07Z'),
  privateIp: z.ipv4().default('192.168.0.10'),
  /** An address that was given to it with public bandwidth, and an elastic one that was bound to it. */
  publicIp: z.ipv4().optional(),
  eip: z.ipv4().optional(),
  /** Its primary network interface; made from the id of the instance when it is left out. */
  eni: z.string().startsWith('eni-').optional(),
  tags: z.record(z.string(), z.string()).default({}),
  ramRole: z.string().optional(),
  /** What ECS does when the host needs maintenance; times in UTC+8. */
  maintenance: z
    .strictObject({
      action: z.enum(['AutoRecover', 'Stop', 'AutoRedeploy']).default('AutoRecover'),
      window: z.strictObject({ start: z.iso.time(), end: z.iso.time() }).optional(),
      notify: z.boolean().default(false),
    })
    .prefault({}),
  boot: z
    .strictObject({
      stopSeconds: seconds.default(15),
      bootSeconds: seconds.default(60),
      agentSeconds: seconds.default(20),
      applicationSeconds: seconds.default(20),
    })
    .prefault({}),
  disks: z.array(disk).default([]),
  dedicatedHost: z.string().startsWith('dh-').optional(),
  spot: z.boolean().default(false),
  system: z.enum(['linux', 'windows']).default('linux'),
  /** What its serial console shows; left out, a healthy start. */
  console: z.string().optional(),
  /** Absolute path to content. Bytes that are no text are written in base64. */
  files: z
    .record(z.string().startsWith('/'), z.union([z.string(), z.strictObject({ base64: z.base64() })]))
    .default({}),
  connections: z
    .strictObject({
      perWeight: z.number().min(0).default(0),
      halfLifeSeconds: z.number().positive().default(30),
      floor: z.number().int().min(0).default(0),
    })
    .prefault({}),
  agent: z.boolean().default(true),
});

const listener = z.strictObject({
  port,
  protocol: z.enum(['tcp', 'udp', 'http', 'https']).default('http'),
  backendPort: port,
  vServerGroup: z.string().optional(),
  masterSlaveGroup: z.string().optional(),
  drainSeconds: z.number().int().min(10).max(900).optional(),
  persistenceSeconds: z.number().int().min(0).max(3600).optional(),
  rules: z
    .array(
      z.strictObject({
        id: z.string().startsWith('rule-'),
        domain: z.string().default(''),
        url: z.string().default('/'),
        vServerGroup: z.string(),
      }),
    )
    .default([]),
});

const masterSlaveServer = z.strictObject({ server: z.string(), port });
const masterSlaveGroup = z.strictObject({
  id: z.string().startsWith('rsp-'),
  name: z.string().optional(),
  master: masterSlaveServer,
  slave: masterSlaveServer,
});

const vServerGroup = z.strictObject({
  id: z.string().startsWith('rsp-'),
  name: z.string().optional(),
  backends: z
    .array(z.strictObject({ server: z.string(), ip: z.ipv4().optional(), port, weight: weight.default(100) }))
    .default([]),
});

const loadBalancer = z.strictObject({
  id: z.string().startsWith('lb-'),
  name: z.string().optional(),
  healthCheckSeconds: seconds.default(10),
  listeners: z.array(listener).default([]),
  defaultGroup: z
    .array(z.strictObject({ server: z.string(), ip: z.ipv4().optional(), weight: weight.default(100) }))
    .default([]),
  vServerGroups: z.array(vServerGroup).default([]),
  masterSlaveGroups: z.array(masterSlaveGroup).default([]),
});

/** A queue as a fleet file names it, and as a template deploys it. */
export const FleetQueue = z.strictObject({
  name: z.string(),
  visibilityTimeout: z.number().int().optional(),
  messageRetentionPeriod: z.number().int().optional(),
  delaySeconds: z.number().int().optional(),
  pollingWaitSeconds: z.number().int().optional(),
  maximumMessageSize: z.number().int().optional(),
  /** `ALIYUN::MNS::Queue` has it, the REST API does not: https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-mns-queue */
  dlqPolicy: z
    .strictObject({
      enabled: z.boolean().default(true),
      deadLetterTargetQueue: z.string(),
      maxReceiveCount: z.number().int().min(1),
    })
    .optional(),
});
export type FleetQueue = z.infer<typeof FleetQueue>;

const scalingGroup = z.strictObject({
  id: z.string().startsWith('asg-'),
  name: z.string().optional(),
  lifecycle: z.enum(['Active', 'Inactive']).default('Active'),
  members: z
    .array(
      z.strictObject({
        instance: z.string().startsWith('i-'),
        autoCreated: z.boolean().default(true),
        standby: z.boolean().default(false),
        protected: z.boolean().default(false),
      }),
    )
    .default([]),
  minSize: z.number().int().min(0).default(0),
  maxSize: z.number().int().min(0).default(100),
  /** Groups of load balancers, and the weight of a member that comes into service. */
  attached: z
    .array(
      z.strictObject({
        group: z.string().regex(/^(?:clb\/lb-\w+\/(?:default|rsp-\w+)|[an]lb\/sgp-\w+)$/, {
          error: 'clb/<load balancer>/<vServer group or default>, alb/<server group> or nlb/<server group>',
        }),
        port: z.number().int().optional(),
        weight: z.number().int().min(0).max(100).default(50),
      }),
    )
    .default([]),
});

const alarm = z.strictObject({
  name: z.string().min(1),
  namespace: z.string().default('acs_ecs_dashboard'),
  metric: z.string().default('CPUUtilization'),
  enabled: z.boolean().default(true),
  state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).default('OK'),
});

const oneFleet = z.strictObject({
  account: z.string().default('1690700000000030'),
  region: z.string().default('cn-hangzhou'),
  start: instant.default('2026-11-17T07:10:00Z'),
  bucket: z.string().default('failover-state'),
  otherBuckets: z.array(z.string()).default([]),
  /** By the name of a bucket; what is left out is private and keeps no versions. */
  bucketTraits: z
    .record(
      z.string(),
      z.strictObject({
        acl: z.enum(['private', 'public-read', 'public-read-write']).default('private'),
        versioning: z.enum(['Enabled', 'Suspended']).optional(),
      }),
    )
    .default({}),
  accessKeyId: z.string().default('LTAI5tSimulatorKey0001'),
  accessKeySecret: z.string().default('simulator-secret-0001'),
  queues: z.array(FleetQueue).default([]),
  instances: z.array(instance).default([]),
  loadBalancers: z.array(loadBalancer).default([]),
  serverGroups: z.array(serverGroup).default([]),
  applicationLoadBalancers: z.array(applicationLoadBalancer).default([]),
  networkLoadBalancers: z.array(networkLoadBalancer).default([]),
  dnsZones: z.array(dnsZone).default([]),
  scalingGroups: z.array(scalingGroup).default([]),
  alarms: z.array(alarm).default([]),
  /** What KMS answers, by name. */
  secrets: z.record(z.string(), z.string()).default({}),
  /** What the account has not activated, as ROS names services. */
  inactiveServices: z.array(z.string()).default([]),
  roles: z.array(fleetRole).default([]),
  /** Services whose roles are there already, as after a visit to their consoles. */
  serviceLinkedRoles: z.array(z.string()).default([]),
  throttle: z.record(z.string(), z.number().int().min(0)).default({}),
  switches: known(defaultSwitches, (standard) => z.boolean().default(standard)),
  settings: known(defaultSettings, (standard) => z.number().min(0).default(standard)),
});
/** One account in one region. */
export type OneFleet = z.infer<typeof oneFleet>;

export const Fleet = oneFleet.extend({
  /** More accounts, and more regions of an account, behind the same address; the time is the first one's. */
  others: z.array(oneFleet).default([]),
});
export type Fleet = z.infer<typeof Fleet>;
/** What a fleet file may leave out is optional here. */
export type FleetInput = z.input<typeof Fleet>;

/** An object with these keys and no others, each with its default. */
function known<T, S extends z.ZodType>(defaults: Readonly<Record<string, T>>, schema: (standard: T) => S) {
  const fields = Object.entries(defaults).map(([name, standard]) => [name, schema(standard)] as const);
  return z.strictObject(Object.fromEntries(fields)).prefault({});
}

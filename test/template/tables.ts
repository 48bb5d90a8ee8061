import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a type takes at one place. */
export interface Property {
  readonly kind: 'string' | 'number' | 'boolean' | 'any' | 'map' | 'list' | 'record';
  readonly required?: true;
  readonly of?: Property;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly allowed?: readonly unknown[];
  readonly min?: number;
  readonly max?: number;
}
export interface Table {
  readonly attributes: readonly string[];
  readonly properties: Readonly<Record<string, Property>>;
}
interface Package {
  readonly package: string;
  readonly version: string;
  readonly address: string;
  readonly types: Readonly<Record<string, Table>>;
}

const packages = JSON.parse(
  readFileSync(join(__dirname, 'property-tables.json'), 'utf8'),
) as readonly Package[];

/** No package is published for it: https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-mns-queue */
const queue: Table = {
  attributes: ['QueueName', 'QueueUrl', 'ARN.WithSlash'],
  properties: {
    QueueName: { kind: 'string', required: true },
    DelaySeconds: { kind: 'number', min: 0, max: 604800 },
    MaximumMessageSize: { kind: 'number', min: 1024, max: 65536 },
    MessageRetentionPeriod: { kind: 'number', min: 60, max: 604800 },
    VisibilityTimeout: { kind: 'number', min: 1, max: 43200 },
    PollingWaitSeconds: { kind: 'number', min: 0, max: 30 },
    LoggingEnabled: { kind: 'boolean' },
    DlqPolicy: {
      kind: 'record',
      properties: {
        Enabled: { kind: 'boolean' },
        DeadLetterTargetQueue: { kind: 'string' },
        MaxReceiveCount: { kind: 'number' },
      },
    },
    Tags: {
      kind: 'list',
      of: {
        kind: 'record',
        properties: { Key: { kind: 'string', required: true }, Value: { kind: 'string' } },
      },
    },
  },
};

/** Every resource type that we know the properties of. */
export const tables: Readonly<Record<string, Table>> = Object.assign(
  { 'ALIYUN::MNS::Queue': queue },
  ...packages.map(({ types }) => types),
) as Readonly<Record<string, Table>>;

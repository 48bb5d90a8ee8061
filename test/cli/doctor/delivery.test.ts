import OSS from 'ali-oss';
import { mnsClient } from '../../support/mns';
import { diagnose, named, type Plant, type Sick } from './patients';

const stateBucket = 'failover-state-1690700000000030-cn-hangzhou';

/** What the SDK's types leave out. */
type Admin = OSS & { putBucketVersioning(name: string, status: string): Promise<unknown> };
function ossOf({ simulator: { endpoint, accessKeyId, accessKeySecret } }: Sick): Admin {
  return new OSS({ endpoint, accessKeyId, accessKeySecret, sldEnable: true } as OSS.Options) as Admin;
}

const setQueue =
  (queue: object): NonNullable<Plant['then']> =>
  ({ simulator }) =>
    simulator.knock('PUT', '/queues', { queues: [queue] });
const runs = {
  name: 'failover-runs',
  visibilityTimeout: 180,
  messageRetentionPeriod: 604_800,
  dlqPolicy: { deadLetterTargetQueue: 'failover-runs-dead', maxReceiveCount: 50 },
};

const plants: readonly (readonly [string, Plant, readonly string[]])[] = [
  [
    'a queue that is not there',
    { then: ({ simulator }) => mnsClient(simulator).deleteQueue('failover-events') },
    ['queue-missing failover-events'],
  ],
  [
    'a queue that forgets within a day',
    { then: setQueue({ ...runs, messageRetentionPeriod: 86_400 }) },
    ['queue-forgets failover-runs'],
  ],
  [
    'a queue that forgets over a long weekend',
    { then: setQueue({ ...runs, messageRetentionPeriod: 345_600 }) },
    ['queue-forgets-early failover-runs'],
  ],
  [
    'a queue that shows a message while its run is being acted on',
    { then: setQueue({ ...runs, visibilityTimeout: 30 }) },
    ['queue-shows-too-soon failover-runs'],
  ],
  [
    'a queue without dead letters',
    { then: setQueue({ ...runs, dlqPolicy: undefined }) },
    ['queue-without-dead-letters failover-runs'],
  ],
  [
    'dead letters in a queue where no sweep looks',
    {
      then: setQueue({ ...runs, dlqPolicy: { ...runs.dlqPolicy, deadLetterTargetQueue: 'failover-events' } }),
    },
    ['queue-without-dead-letters failover-runs'],
  ],
  [
    'a queue that gives up after three receives',
    { then: setQueue({ ...runs, dlqPolicy: { ...runs.dlqPolicy, maxReceiveCount: 3 } }) },
    ['queue-gives-up-early failover-runs'],
  ],
  [
    'dead letters that wait',
    {
      then: ({ simulator }) =>
        mnsClient(simulator).sendMessage('failover-runs-dead', {
          MessageBody: 'cnVu',
          DelaySeconds: 0,
          Priority: 8,
        }),
    },
    ['dead-letters-wait failover-runs-dead'],
  ],
  ['a clock that is twenty minutes ahead', { machineAheadMs: 20 * 60_000 }, ['clock-astray this machine']],
  [
    'a bucket of journals that keeps versions',
    { then: (sick) => ossOf(sick).putBucketVersioning(sick.bucket, 'Suspended') },
    [`bucket-versioned ${stateBucket}`],
  ],
  [
    'a bucket of journals that strangers may read',
    { then: (sick) => ossOf(sick).putBucketACL(sick.bucket, 'public-read') },
    [`bucket-public ${stateBucket}`],
  ],
  [
    'a bucket of journals that is not there',
    { bucket: 'failover-nowhere' },
    [
      'function-misdirected failover-advance',
      'function-misdirected failover-poll',
      'function-misdirected failover-receive',
      ...Array.from({ length: 4 }, () => 'permission-missing failover-functions'),
      'bucket-missing failover-nowhere',
    ],
  ],
  [
    'pushes that were lost',
    {
      then: ({ simulator }) =>
        mnsClient(simulator).sendMessage('failover-events-dead', {
          MessageBody: 'cnVu',
          DelaySeconds: 0,
          Priority: 8,
        }),
    },
    ['pushes-were-lost failover-events-dead'],
  ],
];

describe('of delivery and storage the doctor finds', () => {
  it.each(plants)('%s', async (_what, plant, expected) => {
    expect(named(await diagnose(plant))).toEqual(expected);
  });

  it('that it was not let look, and goes on with everything else', async () => {
    const found = await diagnose({
      then: async ({ simulator }) => {
        const options = { code: 'Forbidden.RAM', status: 403, message: 'no' };
        const refused = { name: 'refuse', action: 'DescribeInstanceRamRole', options };
        await simulator.knock('POST', '/faults', { ...refused, times: 3 });
        await setQueue({ ...runs, visibilityTimeout: 30 })({ simulator } as never);
      },
    });
    expect(found.map(({ code, what }) => `${code}: ${what}`)).toEqual([
      'queue-shows-too-soon: VisibilityTimeout is 30 s; the lease of an act is 150 s',
      'could-not-look: RAM roles of the members, and where backups go: ecs DescribeInstanceRamRole: Forbidden.RAM: no',
    ]);
  });
});

import type { FleetInput } from './schema';

const members = [
  ['i-bp1web0000000000001', 'web-1', 'cn-hangzhou-h', '192.168.10.11'],
  ['i-bp1web0000000000002', 'web-2', 'cn-hangzhou-i', '192.168.10.12'],
  ['i-bp1web0000000000003', 'web-3', 'cn-hangzhou-h', '192.168.10.13'],
] as const;

/** Three members in two zones behind one load balancer, for a simulator started without a fleet file. */
export const exampleFleet: FleetInput = {
  otherBuckets: ['failover-retail'],
  queues: [
    { name: 'failover-runs-dead', messageRetentionPeriod: 604_800 },
    {
      name: 'failover-runs',
      visibilityTimeout: 180,
      messageRetentionPeriod: 604_800,
      dlqPolicy: { deadLetterTargetQueue: 'failover-runs-dead', maxReceiveCount: 50 },
    },
  ],
  instances: members.map(([id, name, zone, privateIp]) => ({
    id,
    name,
    zone,
    privateIp,
    type: 'ecs.i2.xlarge',
    startedAt: '2026-10-02T03:04:00Z',
    tags: { app: 'storefront', role: 'web' },
    ramRole: 'backup-writer',
    disks: [{ category: 'local_ssd_pro', sizeGiB: 894, device: '/dev/xvdb', mountPoint: '/data1' }],
    files: {
      '/data1/app-state/index.json': '{"orders":3}',
      '/data1/app-state/orders/0001.json': '{"paid":true}',
    },
    connections: { perWeight: 3, halfLifeSeconds: 40, floor: 2 },
  })),
  loadBalancers: [
    {
      id: 'lb-bp1web0000001',
      name: 'web-public',
      listeners: [
        { port: 80, backendPort: 8080 },
        { port: 443, protocol: 'https', backendPort: 8443, vServerGroup: 'rsp-bp1grp000001' },
      ],
      defaultGroup: members.map(([server]) => ({ server })),
      vServerGroups: [
        {
          id: 'rsp-bp1grp000001',
          name: 'web-https',
          backends: members.flatMap(([server]) => [
            { server, port: 8443 },
            { server, port: 8444 },
          ]),
        },
      ],
    },
  ],
};

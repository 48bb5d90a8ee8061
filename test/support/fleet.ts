import type { FleetInput } from '../../simulator/fleet/schema';

export const web1 = 'i-bp1web0000000000001';
export const web2 = 'i-bp1web0000000000002';
export const store = 'i-bp1store00000000001';
export const balancer = 'lb-bp1web0000001';

/** Two web servers behind a load balancer, and a third instance with a local disk and no traffic. */
export const smallFleet: FleetInput = {
  start: '2026-11-17T07:10:00Z',
  otherBuckets: ['failover-retail'],
  instances: [
    {
      id: web1,
      name: 'web-1',
      zone: 'cn-hangzhou-h',
      privateIp: '192.168.10.11',
      startedAt: '2026-10-02T03:04:05Z',
      tags: { app: 'storefront', role: 'web' },
      ramRole: 'backup-writer',
      files: { '/data1/app-state/index.json': '{"n":1}', '/data1/app-state/orders/1.json': '{"paid":true}' },
      connections: { perWeight: 1, halfLifeSeconds: 40, floor: 2 },
    },
    {
      id: web2,
      name: 'web-2',
      zone: 'cn-hangzhou-i',
      privateIp: '192.168.10.12',
      startedAt: '2026-10-02T03:04:05Z',
      tags: { app: 'storefront', role: 'web' },
    },
    {
      id: store,
      name: 'store-1',
      zone: 'cn-hangzhou-h',
      type: 'ecs.i2.xlarge',
      privateIp: '192.168.10.21',
      startedAt: '2026-10-02T03:04:05Z',
      disks: [{ id: 'd-bp1local0000000001', category: 'local_ssd_pro', sizeGiB: 894, device: '/dev/xvdb' }],
      agent: false,
    },
  ],
  loadBalancers: [
    {
      id: balancer,
      listeners: [{ port: 80, backendPort: 8080 }],
      defaultGroup: [{ server: web1 }, { server: web2 }],
    },
  ],
};

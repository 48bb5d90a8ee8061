import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FleetInput } from '../../simulator/fleet/schema';
import { exampleFleet } from './story-fleet';

/** The example fleet without what a deployment makes; nothing in it stands in the way of a playbook. */
export function healthyFleet(): FleetInput {
  const { queues: _queues, ...fleet } = exampleFleet();
  return fleet;
}

const pool = {
  apiVersion: 'failover/v1',
  kind: 'Pool',
  metadata: { name: 'web-hangzhou', owner: 'storefront' },
  spec: {
    members: { tags: { app: 'storefront', role: 'web' } },
    traffic: [{ clb: { loadBalancer: 'lb-bp1web0000001' } }] as unknown,
    guard: { minHealthy: '60%', maxOut: 1, maxOutPerZone: 1 } as Record<string, unknown>,
    health: [{ instanceStatus: 'Running' }, { cloudAssistant: 'online' }, { loadBalancer: 'healthy' }],
    scaling: 'protect',
  },
};

const drain = {
  id: 'drain',
  use: 'drain-traffic',
  with: {
    quiet: { activeConnectionsBelow: 5, for: '60s' },
    atMost: '10m',
    notQuiet: 'proceed',
  } as Record<string, unknown>,
};

const playbook = {
  apiVersion: 'failover/v1',
  kind: 'Playbook',
  metadata: { name: 'planned-restart', owner: 'storefront-sre' },
  spec: {
    match: { events: ['SystemMaintenance.Reboot'], pools: ['web-hangzhou'] },
    timing: { calendar: 'nights', finishBefore: 'planned - 2h', maxRun: '60m', ifNoWindow: 'ask' } as Record<
      string,
      unknown
    >,
    steps: [
      drain,
      {
        id: 'save',
        use: 'back-up-data',
        with: {
          paths: ['/data1/app-state'],
          to: 'oss://failover-backups/local-disk/',
          role: 'backup-writer',
          atMost: '10m',
        },
      },
      {
        id: 'restart',
        use: 'answer-event',
        commit: true,
        with: { action: 'fromEvent', requireBackup: 'save', atMost: '10m' },
      },
      { id: 'cleared', use: 'await-event', with: { states: ['Avoided', 'Executed'], atMost: '10m' } },
      { id: 'healthy', use: 'check-health', with: { atMost: '10m' } },
      { id: 'back', use: 'restore-traffic', with: { ramp: [{ weight: '100%' }] } },
    ] as { id: string; use: string; with: Record<string, unknown> }[],
    ladder: [] as object[],
  },
};

const calendar = {
  apiVersion: 'failover/v1',
  kind: 'Calendar',
  metadata: { name: 'nights', owner: 'platform-ops' },
  spec: {
    zone: 'Asia/Shanghai',
    allow: [
      { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '02:00', to: '06:00' },
    ] as object[],
  },
};

const settings = {
  apiVersion: 'failover/v1',
  kind: 'Settings',
  spec: {
    mode: 'enforce',
    account: { id: '1690700000000030' },
    region: 'cn-hangzhou',
    limits: { breaker: { failures: 2, within: '24h' } },
  },
};

/** Documents of a team, to be changed before they are written. */
export function healthyDocuments() {
  return structuredClone({ pool, playbook, calendar, settings });
}

/** Writes them into a folder of their own and answers its path. */
export function writeDocuments(documents: ReturnType<typeof healthyDocuments>): string {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  for (const [name, document] of Object.entries(documents)) {
    writeFileSync(join(folder, `${name}.yml`), JSON.stringify(document, undefined, 2));
  }
  return folder;
}

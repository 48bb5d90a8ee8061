import { DateTime } from 'luxon';
import { Calendar, Playbook, Pool, Settings, type Configuration } from '../../src/playbook/configuration';
import type { Chance } from './chance';
import { backupBucket, balancerId } from './fleet';

const zone = 'Asia/Shanghai';
const minuteMs = 60_000;
export const account = '1690700000000030';
export const region = 'cn-hangzhou';

export interface Timetable {
  readonly configuration: Configuration;
  /** When the first window opens and closes. */
  readonly opens: number;
  readonly closes: number;
}

/** A team's configuration; the seed decides how careful and how hurried it is. */
export function drawPlaybooks(chance: Chance, start: number, members: number): Timetable {
  const opens = start + chance.between(-60, 150) * minuteMs;
  const closes = opens + chance.between(60, 240) * minuteMs;
  return {
    opens,
    closes,
    configuration: {
      settings: Settings.parse({
        apiVersion: 'failover/v1',
        kind: 'Settings',
        spec: { mode: chance.happens(0.03) ? 'observe' : 'enforce', account: { id: account }, region },
      }),
      pools: [Pool.parse(drawPool(chance, members))],
      calendars: [Calendar.parse(drawCalendar(chance, opens, closes))],
      playbooks: [Playbook.parse(drawPlaybook(chance))],
    },
  };
}

/** A guard that lets one member out even when another one is gone for good. */
function drawPool(chance: Chance, members: number): object {
  return {
    apiVersion: 'failover/v1',
    kind: 'Pool',
    metadata: { name: 'web', owner: 'storm' },
    spec: {
      members: { tags: { app: 'web' } },
      traffic: [{ clb: { loadBalancer: balancerId } }],
      guard: {
        minHealthy: chance.pick(members > 3 ? ['50%', '60%', 1, 2] : members > 2 ? ['50%', 1] : [1]),
        maxOut: chance.pick([1, 1, 2, '50%']),
        maxOutPerZone: chance.pick([1, 1, 2]),
        allowLast: chance.happens(0.3),
      },
      health: chance.pick([
        [{ instanceStatus: 'Running' }],
        [{ instanceStatus: 'Running' }, { cloudAssistant: 'online' }],
        [{ instanceStatus: 'Running' }, { cloudAssistant: 'online' }, { loadBalancer: 'healthy' }],
      ]),
    },
  };
}

function drawCalendar(chance: Chance, opens: number, closes: number): object {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const denied = opens + chance.between(0, 60) * minuteMs;
  const deny = chance.happens(0.15)
    ? [{ from: dayAndTime(denied), to: dayAndTime(denied + chance.between(10, 90) * minuteMs) }]
    : [];
  return {
    apiVersion: 'failover/v1',
    kind: 'Calendar',
    metadata: { name: 'hours', owner: 'storm' },
    spec: { zone, allow: [{ name: 'hours', days, from: timeOfDay(opens), to: timeOfDay(closes) }], deny },
  };
}

function drawPlaybook(chance: Chance): object {
  const withBackup = chance.happens(0.6);
  const save = {
    id: 'save',
    use: 'back-up-data',
    with: {
      paths: ['/data1/app-state'],
      to: `oss://${backupBucket}/local-disk/`,
      role: 'backup-writer',
      atMost: '5m',
    },
    ...(chance.happens(0.2) && { onFail: chance.pick(['hold', 'continue']) }),
  };
  const drain = {
    id: 'drain',
    use: 'drain-traffic',
    with: {
      quiet: {
        activeConnectionsBelow: 5,
        for: chance.pick(['10s', '30s', '60s']),
        by: chance.happens(0.15) ? 'cloudMonitor' : 'cloudAssistant',
      },
      atMost: chance.pick(['2m', '5m']),
      notQuiet: chance.pick(['proceed', 'proceed', 'fail']),
    },
  };
  return {
    apiVersion: 'failover/v1',
    kind: 'Playbook',
    metadata: { name: 'planned-restart', owner: 'storm' },
    spec: {
      match: { events: ['SystemMaintenance.Reboot'], states: ['Inquiring', 'Scheduled'], pools: ['web'] },
      timing: {
        calendar: 'hours',
        finishBefore: chance.pick(['planned - 20m', 'planned - 1h']),
        maxRun: chance.pick(['20m', '30m', '45m']),
        ifNoWindow: chance.pick(['ask', 'lastSafeMoment', 'letProviderAct']),
      },
      steps: [
        ...(chance.happens(0.97) ? [drain] : []),
        ...(withBackup ? [save] : []),
        {
          id: 'restart',
          use: 'answer-event',
          commit: true,
          with: {
            action: 'fromEvent',
            atMost: '10m',
            forceStop: chance.happens(0.3),
            ...(withBackup && chance.happens(0.7) && { requireBackup: 'save' }),
          },
        },
        {
          id: 'cleared',
          use: 'await-event',
          with: { states: ['Avoided', 'Executed'], atMost: '10m' },
          onFail: 'hold',
        },
        { id: 'healthy', use: 'check-health', with: { atMost: '10m' } },
        { id: 'back', use: 'restore-traffic', with: { ramp: drawRamp(chance) } },
      ],
      onFailure: { beforeCommit: chance.happens(0.85) ? 'undo' : 'hold', afterCommit: 'hold' },
    },
  };
}

function drawRamp(chance: Chance): readonly object[] {
  return chance.pick([
    [{ weight: '100%' }],
    [{ weight: '10%', hold: '1m' }, { weight: '100%' }],
    [{ weight: '10%', hold: '1m' }, { weight: '50%', hold: '2m' }, { weight: '100%' }],
  ]);
}

function timeOfDay(at: number): string {
  return DateTime.fromMillis(at, { zone }).toFormat('HH:mm');
}

function dayAndTime(at: number): string {
  return DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd HH:mm');
}

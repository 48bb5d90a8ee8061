import { DateTime } from 'luxon';
import { Calendar, Playbook, Pool, Settings, type Configuration } from '../../src/playbook/configuration';
import type { FleetInput } from '../../simulator/fleet/schema';
import type { Chance } from './chance';
import { alarmName, backupBucket, dataFolder } from './fleet';
import { drawPools } from './pools';

const zone = 'Asia/Shanghai';
const minuteMs = 60_000;
export const account = '1690700000000030';
export const region = 'cn-hangzhou';
/** Who may be asked for a yes. */
export const people = ['ann', 'bo'] as const;

export interface Timetable {
  readonly configuration: Configuration;
  /** When the first window opens and closes. */
  readonly opens: number;
  readonly closes: number;
}

/** A team's configuration; the seed decides how careful and how hurried it is. */
export function drawPlaybooks(chance: Chance, start: number, fleet: FleetInput): Timetable {
  const opens = start + chance.between(-60, 150) * minuteMs;
  const closes = opens + chance.between(60, 240) * minuteMs;
  return {
    opens,
    closes,
    configuration: {
      settings: Settings.parse({
        apiVersion: 'failover/v1',
        kind: 'Settings',
        spec: {
          mode: chance.happens(0.03) ? 'observe' : 'enforce',
          account: { id: account },
          region,
          people: [{ name: 'leads', ramUsers: [...people] }],
          limits: drawLimits(chance),
        },
      }),
      pools: drawPools(chance, fleet).map((pool) => Pool.parse(pool)),
      calendars: [Calendar.parse(drawCalendar(chance, opens, closes))],
      playbooks: [
        Playbook.parse(withSoftDrain(chance.fork('soft drain'), drawPlaybook(chance))),
        Playbook.parse(emergencyPlaybook(chance)),
      ],
    },
  };
}

function drawLimits(chance: Chance): object {
  return {
    ...(chance.happens(0.1) && { attemptsPerInstance: { count: chance.between(1, 3), within: '1d' } }),
    ...(chance.happens(0.1) && { breaker: { failures: chance.between(1, 3), within: '1h' } }),
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

/** What is lowered ahead of the work has to be drained by it. */
function withSoftDrain(chance: Chance, playbook: ReturnType<typeof drawPlaybook>): object {
  const { timing, steps } = playbook.spec;
  if (!chance.happens(0.25) || !steps.some(({ use }) => use === 'drain-traffic')) return playbook;
  const softDrain = {
    before: chance.pick(['10m', '30m', '2h']),
    weight: chance.pick(['1%', '10%', '20%', '50%']),
  };
  return { ...playbook, spec: { ...playbook.spec, timing: { ...timing, softDrain } } };
}

function drawPlaybook(chance: Chance) {
  const withBackup = chance.happens(0.6);
  const save = {
    id: 'save',
    use: 'back-up-data',
    with: {
      paths: [dataFolder],
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
      how: chance.fork('how').happens(0.15) ? 'remove' : 'weightZero',
      quiet: {
        activeConnectionsBelow: 5,
        for: chance.pick(['10s', '30s', '60s']),
        by: chance.happens(0.15) ? 'cloudMonitor' : 'cloudAssistant',
      },
      atMost: chance.pick(['2m', '5m']),
      notQuiet: chance.pick(['proceed', 'proceed', 'fail', 'ask']),
    },
  };
  return {
    apiVersion: 'failover/v1',
    kind: 'Playbook',
    metadata: { name: 'planned-restart', owner: 'storm' },
    spec: {
      match: {
        events: ['SystemMaintenance.Reboot'],
        states: ['Inquiring', 'Scheduled', ...(chance.happens(0.4) ? ['Executing'] : [])],
        pools: ['web'],
      },
      ...(chance.happens(0.2) && { approval: drawApproval(chance) }),
      ...(chance.happens(0.2) && {
        rollout: { canary: { first: 1, soak: '5m' }, ...(chance.happens(0.5) && { stopAfterFailures: 1 }) },
      }),
      ...(chance.happens(0.35) && { ladder: drawLadder(chance) }),
      timing: {
        calendar: 'hours',
        finishBefore: chance.pick(['planned - 20m', 'planned - 1h']),
        maxRun: chance.pick(['20m', '30m', '45m']),
        ifNoWindow: chance.pick(['ask', 'lastSafeMoment', 'letProviderAct']),
        ...(chance.happens(0.1) && { tryAgain: { after: '12h', times: 1 } }),
        ...drawSoftDrain(chance.fork('soft')),
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
        { id: 'back', use: 'restore-traffic', with: drawReturn(chance) },
      ],
      onFailure: { beforeCommit: chance.happens(0.85) ? 'undo' : 'hold', afterCommit: 'hold' },
    },
  };
}

function drawSoftDrain(chance: Chance): object {
  if (!chance.happens(0.15)) return {};
  return { softDrain: { before: chance.pick(['20m', '2h']), weight: chance.pick(['10%', '50%']) } };
}

function drawApproval(chance: Chance): object {
  return {
    when: chance.pick(['always', 'always', 'noWindow', 'outsideCalendar']),
    from: ['leads'],
    need: chance.pick([1, 1, 2]),
    noAnswer: { after: chance.pick(['20m', '2h']), then: chance.pick(['hold', 'proceed', 'withdraw']) },
  };
}

function drawLadder(chance: Chance): readonly object[] {
  const rung = (use: string) => ({ use, atMost: '15m', forceStop: chance.happens(0.3) });
  const all = [rung('restart-instance'), rung('stop-start-instance'), rung('redeploy-instance')];
  return [...all.filter(() => chance.happens(0.6)), { use: 'call-someone' }];
}

/** The provider acts already: the member goes out at once, and comes back when it is well. */
function emergencyPlaybook(chance: Chance): object {
  return {
    apiVersion: 'failover/v1',
    kind: 'Playbook',
    metadata: { name: 'emergency', owner: 'storm' },
    spec: {
      match: { events: ['SystemFailure.Reboot'], states: ['Executing'], pools: ['web'] },
      timing: { calendar: 'hours', finishBefore: 'planned - 20m', maxRun: '30m' },
      steps: [
        {
          id: 'drain',
          use: 'drain-traffic',
          with: { quiet: { activeConnectionsBelow: 5, for: '10s' }, atMost: '1m' },
        },
        {
          id: 'cleared',
          use: 'await-event',
          commit: true,
          with: { states: ['Executed'], atMost: '20m' },
          onFail: 'hold',
        },
        { id: 'healthy', use: 'check-health', with: { atMost: '10m' } },
        { id: 'back', use: 'restore-traffic', with: drawReturn(chance) },
      ],
    },
  };
}

/** The alarm of the fleet takes the traffic back; how often health may turn bad is the playbook's business. */
function drawReturn(chance: Chance): object {
  return {
    ramp: drawRamp(chance),
    ...(chance.happens(0.3) && { abortIf: { cloudMonitorAlarm: alarmName } }),
    ...(chance.happens(0.2) && { flaps: { most: chance.between(0, 2) } }),
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

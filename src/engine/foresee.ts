import type { SystemEvent } from '../event/system-event';
import type { PlanStep } from '../run/run';
import { attachedAs } from '../steps/scaling/standby';
import { foreseeOnInstance } from './foresee-instance';
import type { Membership } from './ports';
import type { ScalingAhead } from './scaling-ahead';

/** What no call can drain is said, and what the playbook makes of it. */
function drains(
  { parameters: { how, masterSlave = 'ask' } }: PlanStep,
  loaded: readonly Membership[],
): readonly string[] {
  const says = ({ group, fixed, onOff }: Membership): string => {
    if (fixed !== undefined)
      return `nothing in ${group}: it is ${fixed} there (${outcomes[String(masterSlave)]})`;
    if (onOff === true) return `${group} switched off`;
    return how === 'remove' ? `out of ${group}` : `weight 0 in ${group}`;
  };
  return [...new Set(loaded.map(says))];
}

const outcomes: Readonly<Record<string, string>> = {
  ask: 'the run holds and asks a person',
  accept: 'its traffic moves when it fails the health check',
  fail: 'the run is undone',
};

/** The writes a step would make, in the words of the API. */
export function foresee(
  step: PlanStep,
  event: SystemEvent,
  { memberships, scaling }: { readonly memberships: readonly Membership[]; readonly scaling: ScalingAhead },
): readonly string[] {
  const loaded = memberships.filter(({ weight }) => weight > 0);
  const able = loaded.filter(({ fixed }) => fixed === undefined);
  const group = scaling.member?.lifecycle === 'InService' ? scaling.member.group : undefined;
  const attached = group === undefined ? [] : (scaling.standby?.attached ?? []);
  const isTheirs = (one: Membership) => attachedAs(one, attached) !== undefined;
  const groupsOf = (some: readonly Membership[]) => [...new Set(some.map((one) => one.group))];
  const groups = groupsOf(able);
  const shared = groupsOf(able.filter(({ onOff }) => onOff !== true));
  const theirs = groupsOf(loaded.filter(isTheirs));
  switch (step.use) {
    case 'protect-from-scaling':
      return group === undefined ? [] : [`SetInstancesProtection true in ${group}`];
    case 'release-to-scaling':
      return group === undefined ? [] : [`SetInstancesProtection false in ${group}`];
    case 'enter-standby':
      return group === undefined
        ? []
        : [`EnterStandby in ${group}: it sets weight 0 in ${theirs.join(', ') || 'no group'}`];
    case 'leave-standby':
      return group === undefined
        ? []
        : [`ExitStandby in ${group}`, ...theirs.map((one) => `weight as just before that in ${one}`)];
    case 'drain-traffic':
      return drains(
        step,
        loaded.filter((one) => !isTheirs(one)),
      );
    case 'soften-traffic':
      return shared.map(
        (group) => `weight ${String(step.parameters['percent'])}% of what it was in ${group}`,
      );
    case 'await-quiet':
      return step.parameters['by'] === 'cloudMonitor' ? [] : ['RunCommand: count connections'];
    case 'restore-traffic': {
      const ramp = step.parameters['ramp'] as readonly { readonly percent: number }[];
      const shares = ramp.map(({ percent }) => `${percent}%`).join(' → ');
      return groups.map((group) =>
        shared.includes(group) ? `weight ${shares} of what it was in ${group}` : `${group} switched on`,
      );
    }
    default:
      return foreseeOnInstance(step, event);
  }
}

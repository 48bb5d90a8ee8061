import type { Cloud, ScalingGroup, ScalingMember } from '../../../engine/ports';
import { defineCheck, type Found } from '../define-check';
import type { PoolSeen } from '../patient';

const codes = {
  'scaling-replaces': {
    severity: 'error',
    what: 'Auto Scaling may replace or release a member that is out, and its pool ignores that',
    why: 'A member that is drained or restarting is unhealthy to its scaling group, which releases it for good.',
    mend: 'write scaling: protect (or standby) in the pool',
  },
  'scaling-has-no-room': {
    severity: 'warning',
    what: 'a scaling group stands at its minimum, and its pool puts members into Standby',
    why: 'A group that falls below its minimum may launch an instance in the place of the one that stands by.',
    mend: 'lower the minimum of the group by one, or write scaling: protect in the pool',
  },
} as const;

interface Seen {
  readonly seen: PoolSeen;
  readonly owned: readonly {
    readonly id: string;
    readonly member: ScalingMember;
    readonly group?: ScalingGroup;
  }[];
}

export const scaling = defineCheck<readonly Seen[], keyof typeof codes>({
  area: 'members',
  looksAt: 'scaling groups of the members',
  codes,
  look: async ({ pools }) => {
    const groups = new Map<string, Promise<ScalingGroup | undefined>>();
    const groupOf = (port: Cloud['scaling'], id: string) => {
      const known = groups.get(id) ?? port.group(id);
      groups.set(id, known);
      return known;
    };
    return Promise.all(
      (await pools()).map(async (seen) => {
        const { scaling: port } = seen.cloud;
        const owned = await Promise.all(
          seen.members.map(async ({ id }) => {
            const member = await port.memberOf(id);
            if (member === undefined) return [];
            const group = await groupOf(port, member.group);
            return [{ id, member, ...(group && { group }) }];
          }),
        );
        return { seen, owned: owned.flat() };
      }),
    );
  },
  judge: (all) =>
    all.flatMap(({ seen: { pool }, owned }): readonly Found<keyof typeof codes>[] => {
      const { scaling: how } = pool.spec;
      const exposed = owned.filter(({ member }) => how === 'ignore' && member.lifecycle === 'InService');
      const tight =
        how === 'standby' ? owned.filter(({ group }) => group && group.inService <= group.minSize) : [];
      return [
        ...exposed.map(({ id, member }) => ({
          code: 'scaling-replaces' as const,
          about: id,
          what: `${member.group} owns it, unprotected, and pool ${pool.metadata.name} says scaling: ignore`,
        })),
        ...[...new Map(tight.map((one) => [one.member.group, one.group])).entries()].map(
          ([about, group]) => ({
            code: 'scaling-has-no-room' as const,
            about,
            what: `${group?.inService} in service, at least ${group?.minSize}; pool ${pool.metadata.name} says scaling: standby`,
          }),
        ),
      ];
    }),
});

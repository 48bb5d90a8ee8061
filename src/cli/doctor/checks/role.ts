import { everyPermission, neededPermissions } from '../../../engine/permissions/needed';
import type { Whereabouts } from '../../../engine/permissions/permission';
import { stepTypes } from '../../../steps';
import { defineCheck, type Found } from '../define-check';
import type { Facts, Installation } from '../patient';
import { grants, trusts } from '../policy';
import type { RoleState } from '../ports';

const codes = {
  'role-missing': {
    severity: 'error',
    what: 'the functions have no RAM role, or it does not exist',
    why: 'Without keys of a role no function can call anything.',
    mend: 'ecs-failover upgrade',
  },
  'role-not-trusted': {
    severity: 'error',
    what: 'Function Compute may not assume the role of the functions',
    why: 'Every invocation begins without keys, and fails.',
    mend: 'let fc.aliyuncs.com assume it: RAM console, the role, Trust Policy; or ecs-failover upgrade',
  },
  'permission-missing': {
    severity: 'error',
    what: 'the role lacks a permission that these playbooks need',
    why: 'The step that needs it is refused in the middle of a run.',
    mend: 'ecs-failover permissions --json prints the policy that is needed; or ecs-failover upgrade',
  },
  'permission-superfluous': {
    severity: 'warning',
    what: 'the role may do what no playbook could ever need',
    why: 'Whoever can change the code of a function can do it too.',
    mend: 'take the policy off the role: RAM console, the role, Permissions',
  },
} as const;
type Code = keyof typeof codes;

interface Seen {
  readonly name: string | undefined;
  readonly state: RoleState | undefined;
}

export const role = defineCheck<Seen | undefined, Code>({
  area: 'permissions',
  looksAt: 'the role of the functions and its policies',
  codes,
  look: async ({ deployed, clinic }) => {
    const all = await Promise.all([deployed('poll'), deployed('receive'), deployed('advance')]);
    const one = all.find((state) => state !== undefined);
    if (one === undefined) return undefined;
    return { name: one.role, state: one.role === undefined ? undefined : await clinic.role(one.role) };
  },
  judge: (seen, facts) => (seen === undefined ? [] : judgeRole(seen, facts)),
});

function judgeRole({ name: about = 'no role', state }: Seen, facts: Facts): readonly Found<Code>[] {
  if (state === undefined) return [{ code: 'role-missing', about, what: 'there is no such role' }];
  const trusted = trusts(state.trust, 'fc.aliyuncs.com');
  return [
    ...(trusted
      ? []
      : [
          {
            code: 'role-not-trusted' as const,
            about,
            what: 'its trust policy does not name fc.aliyuncs.com',
          },
        ]),
    ...missing(about, state, facts),
    ...superfluous(about, state, facts),
  ];
}

function missing(
  about: string,
  { policies }: RoleState,
  { configuration, installation }: Facts,
): readonly Found<Code>[] {
  const documents = policies.map(({ document }) => document);
  const lacking = neededPermissions(configuration, stepTypes, whereabouts(installation)).filter(
    (permission) => !grants(documents, permission),
  );
  const actions = [...new Set(lacking.map(({ action }) => action))];
  return actions.map((action) => {
    const on = [...new Set(lacking.filter((one) => one.action === action).flatMap((one) => one.on))];
    return { code: 'permission-missing', about, what: `${action} on ${on.join(', ')}` };
  });
}

/** Network cards of a function in a VPC are made under this one. */
const ofNetwork = 'AliyunECSNetworkInterfaceManagementAccess';

function superfluous(
  about: string,
  { policies }: RoleState,
  { installation }: Facts,
): readonly Found<Code>[] {
  const widest = { ...whereabouts(installation), backups: '*', roles: '*', secrets: '*' };
  const known = new Set(everyPermission(stepTypes, widest).map(({ action }) => action));
  return policies
    .filter(({ name }) => name !== ofNetwork)
    .flatMap(({ name, document }) => {
      const granted = document.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(
        ({ Action = [] }) => Action,
      );
      const beyond = [...new Set(granted.filter((action) => !known.has(action) && !isReading(action)))];
      return beyond.length === 0
        ? []
        : [
            {
              code: 'permission-superfluous' as const,
              about,
              what: `policy ${name} allows ${beyond.join(', ')}`,
            },
          ];
    });
}

function isReading(action: string): boolean {
  return /:(Describe|List|Get|Query)/.test(action);
}

function whereabouts({ prefix, account, region, generation, runs, bucket }: Installation): Whereabouts {
  return {
    ...{ account, region, bucket, queue: runs },
    logs: `project/${prefix}-logs-${account}/logstore/functions`,
    ...(generation === 'fc2' && { successor: `services/${prefix}*/functions/${prefix}-advance` }),
  };
}

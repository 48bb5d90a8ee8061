import * as z from 'zod';
import type { World } from '../core/world';
import { createPolicy, policyDocument } from '../ram/policies';
import { attachPolicy, createRole } from '../ram/roles';
import { createServiceLinkedRole } from '../ram/service-linked';

/** A role with policies of its own, which bear its name and a number. */
export const fleetRole = z.strictObject({
  name: z.string(),
  trust: policyDocument,
  policies: z.array(policyDocument).default([]),
  systemPolicies: z.array(z.string()).default([]),
  maxSessionSeconds: z.number().int().default(3600),
});

/** Puts the fleet's roles, and those of the services, into a new world. */
export function addRoles(
  world: World,
  roles: readonly z.output<typeof fleetRole>[],
  services: readonly string[],
): void {
  for (const { name, trust, policies, systemPolicies, maxSessionSeconds } of roles) {
    createRole(world, { name, trust, maxSessionSeconds });
    for (const [n, document] of policies.entries()) {
      createPolicy(world, `${name}-${n + 1}`, document);
      attachPolicy(world, name, 'Custom', `${name}-${n + 1}`);
    }
    for (const policy of systemPolicies) attachPolicy(world, name, 'System', policy);
  }
  for (const service of services) createServiceLinkedRole(world, service);
}

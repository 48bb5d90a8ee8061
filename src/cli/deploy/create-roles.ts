import type { Deployment } from './ports';
import type { Ui } from './ui';
import type { Wanted } from './wanted';

/**
 * Creates the service-linked roles that are missing, with consent: they let EventBridge into the account.
 *
 * @returns why not, when somebody has to say yes first
 */
export async function createRoles(
  { account }: Deployment,
  missing: readonly string[],
  { createRoles: allowed, dryRun }: Pick<Wanted, 'createRoles' | 'dryRun'>,
  { screen, confirm }: Ui,
): Promise<string | undefined> {
  if (missing.length === 0) return undefined;
  const roles = missing.map((role) => `  ${role}`).join('\n');
  screen.print(`service-linked roles that EventBridge needs here, and that are missing:\n${roles}`);
  if (dryRun) {
    screen.print('they would be created');
    return undefined;
  }
  const consent = allowed ? 'yes' : await confirm('create them?');
  if (consent !== 'yes') {
    return 'without the service-linked roles EventBridge could deliver nothing; let them be created with --create-roles';
  }
  for (const role of missing) await account.createServiceRole(role);
  screen.print('created');
  return undefined;
}

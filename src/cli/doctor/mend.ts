import type { Finding, Fix } from './finding';
import type { Clinic } from './ports';

/** What `--fix` would do, a sentence each; the same write for many instances is one. */
export function sayFixes(findings: readonly Finding[]): readonly string[] {
  return grouped(findings).map(({ action, instanceIds }) => {
    return `set ActionOnMaintenance to ${action} on ${instanceIds.join(', ')}`;
  });
}

/** Mends what can be mended by itself. */
export async function mend(findings: readonly Finding[], clinic: Clinic): Promise<void> {
  for (const { action, instanceIds } of grouped(findings)) {
    await clinic.setMaintenanceAction(instanceIds, action);
  }
}

function grouped(findings: readonly Finding[]) {
  const fixes = findings.flatMap(({ fix }): readonly Fix[] => (fix === undefined ? [] : [fix]));
  const actions = [...new Set(fixes.map(({ action }) => action))];
  return actions.map((action) => ({
    action,
    instanceIds: fixes.filter((fix) => fix.action === action).map(({ instanceId }) => instanceId),
  }));
}

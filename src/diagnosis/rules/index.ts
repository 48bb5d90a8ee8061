import { hardwareRules } from './hardware';
import { kernelRules } from './kernel';
import type { Rule } from './rule';
import { startRules } from './start';

export { emptyDrives } from './hardware';
export type { Cause, Rule, Severity } from './rule';

/**
 * In the order of blame: where several are found in one boot, the first of these is what the others came from. A
 * trace alone (`Call Trace:`, `WARNING: CPU:`) is not here: a system that warned goes on.
 */
export const rules: readonly Rule[] = [...hardwareRules, ...kernelRules, ...startRules];

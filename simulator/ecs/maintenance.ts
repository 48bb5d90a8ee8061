import type { Instance } from '../core/world';
import { localDisks } from './local-disks';

/** AutoRedeploy is for what is bound to its host. https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeinstancemaintenanceattributes */
export function supportedActions(instance: Instance): readonly string[] {
  return localDisks(instance).length > 0 ? ['AutoRecover', 'Stop', 'AutoRedeploy'] : ['AutoRecover', 'Stop'];
}

import type { Instances } from '../engine/ports';
import type { Caller } from './call';
import { Empty } from './shapes';

/** Restart, stop and start. No region: the endpoint is the region. No client token: the caller looks before it repeats. */
export function powerCalls(call: Caller): Pick<Instances, 'reboot' | 'stop' | 'start'> {
  return {
    async reboot(id, { force }) {
      await call.write('ecs', 'RebootInstance', { InstanceId: id, ForceStop: force }, Empty);
    },

    /**
     * Without StoppedMode the account's setting decides, and in economical mode the start may find no capacity.
     * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-stopinstance
     */
    async stop(id, { force }) {
      const params = { InstanceId: id, ForceStop: force, StoppedMode: 'KeepCharging' };
      await call.write('ecs', 'StopInstance', params, Empty);
    },

    /**
     * Never with InitLocalDisk, which empties the local disks.
     * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-startinstance
     */
    async start(id) {
      await call.write('ecs', 'StartInstance', { InstanceId: id }, Empty);
    },
  };
}

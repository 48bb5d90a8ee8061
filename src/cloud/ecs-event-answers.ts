import { CloudError, type Events } from '../engine/ports';
import type { Caller } from './call';
import { Empty, toSeconds } from './shapes';

/** What is said to an event itself. No client tokens: the caller looks before it repeats. */
export function eventAnswers(call: Caller, region: string): Pick<Events, 'acceptInquired' | 'move'> {
  return {
    /**
     * An isolation or re-initialisation without a restart may fail; the platform then switches to the one with it.
     * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-acceptinquiredsystemevent
     */
    async acceptInquired(eventId) {
      try {
        await call.write('ecs', 'AcceptInquiredSystemEvent', { RegionId: region, EventId: eventId }, Empty);
      } catch (error) {
        if (!(error instanceof CloudError) || !error.code.startsWith('SwitchToOffline.')) throw error;
        return { switched: true };
      }
      return { switched: false };
    },

    /** https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-modifysystemeventattribute */
    async move({ id, instanceId }, notBefore) {
      const params = {
        RegionId: region,
        InstanceId: instanceId,
        EventId: id,
        NotBefore: toSeconds(notBefore),
      };
      await call.write('ecs', 'ModifySystemEventAttribute', params, Empty);
    },
  };
}

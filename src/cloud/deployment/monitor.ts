import * as z from 'zod';
import type { Monitor } from '../../cli/deploy/ports';
import type { Caller } from '../call';

/** https://www.alibabacloud.com/help/en/cms/developer-reference/api-senddryrunsystemevent */
export function createMonitor(call: Caller): Monitor {
  return {
    async sendTest(notice) {
      const asked = { Product: 'ecs', EventName: notice.name, EventContent: JSON.stringify(notice) };
      await call.write('cms', 'SendDryRunSystemEvent', asked, z.object({}));
    },
  };
}

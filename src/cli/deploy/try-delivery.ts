import { acceptedConfiguration } from '../../engine/configuration/in-force';
import { refusedToday } from '../../engine/refused';
import type { World } from '../../engine/ports';
import { writesNothing } from '../../playbook/observes';
import type { Caller, Deployment } from './ports';

/** A minute of the cloud's clock, and a little: a queue may be emptied only then. */
const looks = 30;
const lookEveryMs = 3000;

export interface Delivered {
  readonly ok: boolean;
  readonly says: string;
}

/**
 * Lets CloudMonitor announce an event that ECS knows nothing of. It takes the way of every event, through the
 * rule and what the rule fills; `receive` asks ECS, and refuses it. The refusal in the journal is the proof that it
 * arrived. https://www.alibabacloud.com/help/en/cms/developer-reference/api-senddryrunsystemevent
 */
export async function tryDelivery(
  { monitor, caller, region, token, pause, now }: Deployment,
  world: World,
): Promise<Delivered> {
  const accepted = await acceptedConfiguration(world);
  if (accepted === undefined) return { ok: true, says: 'not tried: there are no playbooks yet' };
  if (writesNothing(accepted.configuration)) {
    return { ok: true, says: 'not tried: with mode: observe nothing that arrives is written down' };
  }
  const before = await countUnknown(world);
  await monitor.sendTest(testNotice({ caller, region, token, at: now() }));
  for (let look = 0; look < looks; look += 1) {
    await pause(lookEveryMs);
    if ((await countUnknown(world)) > before) {
      return {
        ok: true,
        says: 'a test event of CloudMonitor arrived, and was refused because ECS does not know it',
      };
    }
  }
  const seconds = (looks * lookEveryMs) / 1000;
  return { ok: false, says: `a test event of CloudMonitor did not arrive within ${seconds} s` };
}

async function countUnknown(world: World): Promise<number> {
  return (await refusedToday(world))['unknown-event'] ?? 0;
}

/** The id is told apart by every use of the command: the same refusal is written down once a day. */
function testNotice({
  caller,
  region,
  token,
  at,
}: {
  readonly caller: Caller;
  readonly region: string;
  readonly token: string;
  readonly at: number;
}) {
  const instanceId = 'i-ecs-failover-self-test';
  const eventType = 'SystemMaintenance.Reboot';
  return {
    product: 'ECS',
    resourceId: `acs:ecs:${region}:${caller.account}:instance/${instanceId}`,
    level: 'CRITICAL',
    name: `Instance:${eventType}:Scheduled`,
    userId: caller.account,
    regionId: region,
    content: {
      eventId: `e-self-test-${token}`,
      eventType,
      eventStatus: 'Scheduled',
      instanceId,
      publishTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
    },
  };
}

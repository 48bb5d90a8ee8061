import * as z from 'zod';
import { judgeGuard } from '../playbook/guard';
import type { Guard } from '../playbook/configuration';
import type { Verdict } from '../run/run';
import { defineStep, type Scene } from './define-step';
import { readLedger, takeSlot as record, type Ledger } from './pool-ledger';
import { readMembers, type Member } from './pool-members';
import { givingBack } from './return-slot';
import { Places } from './traffic-places';
import { judgeWindow, providerWentFirst, WindowParameter } from './window-verdict';

const lookAgainMs = 60_000;

const Parameters = z.strictObject({
  pool: z.string(),
  guard: z.custom<Guard>((value) => typeof value === 'object' && value !== null && 'maxOut' in value, {
    error: 'a guard: minHealthy, maxOut, maxOutPerZone, allowLast',
  }),
  tags: z.record(z.string(), z.string()),
  places: Places,
  window: WindowParameter,
});
type Parameters = z.output<typeof Parameters>;

interface Seen {
  readonly ledger: Ledger;
  readonly members: readonly Member[];
}

/**
 * Takes the pool's permission to have this member out. Asked again every minute while the window is open; a
 * window that closes meanwhile is waited for again. When the provider already acts, the member is out whatever
 * the guard says, and the slot is taken so that nobody else goes.
 */
export const takeSlot = defineStep<Parameters, Seen, Ledger>({
  type: 'take-slot',
  permissions: ['ecs:DescribeInstances', 'slb:DescribeHealthStatus'],
  parameters: Parameters,
  look: async ({ pool, tags, places }, { journals, cloud }) => ({
    ledger: await readLedger(journals, pool),
    members: await readMembers(cloud, tags, places),
  }),
  judge,
  claim: (_seen, { window }, scene) => {
    const state = judgeWindow(window, scene);
    return state.kind === 'open' ? { mustActBy: state.until } : {};
  },
  act: async ({ pool }, { journals }, scene, { ledger }) => {
    const holder = { run: scene.runId, instanceId: scene.target.instanceId, zone: scene.target.zone };
    await record(journals, pool, ledger.position, holder, scene.now);
    return {};
  },
  undo: givingBack,
});

function judge({ ledger, members }: Seen, { guard, pool, window }: Parameters, scene: Scene): Verdict {
  if (ledger.holders.some((holder) => holder.run === scene.runId)) {
    return { kind: 'done', note: `has a slot of ${pool}` };
  }
  const { instanceId, zone } = scene.target;
  const other = ledger.holders.find((holder) => holder.instanceId === instanceId);
  if (other !== undefined && !providerWentFirst(scene)) {
    const note = `waits for ${other.run}, which works on the same instance`;
    return { kind: 'pending', again: scene.now + lookAgainMs, note };
  }
  if (scene.event.status === 'Executing') {
    return { kind: 'needed', note: `takes a slot of ${pool}: the provider is already acting` };
  }
  if (providerWentFirst(scene)) return { kind: 'done', note: 'the event is over; no slot is needed' };
  const state = judgeWindow(window, scene);
  if (state.kind !== 'open') return state;
  const verdict = judgeGuard({ guard, members, out: ledger.holders, candidate: { instanceId, zone } });
  return verdict.allowed
    ? { kind: 'needed', note: `takes a slot of ${pool}: ${verdict.sentence}` }
    : {
        kind: 'pending',
        again: scene.now + lookAgainMs,
        note: `waits for a slot of ${pool}: ${verdict.sentence}`,
      };
}

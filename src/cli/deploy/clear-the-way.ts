import type { Found } from './account-findings';
import { follow } from './follow';
import { nextAct } from './next-act';
import type { Deployment, Stack } from './ports';
import { tellEvents } from './progress';
import type { Ui } from './ui';
import type { Wanted } from './wanted';

export type Cleared =
  | { readonly kind: 'clear'; readonly stack: Stack | undefined }
  | { readonly kind: 'blocked'; readonly problems: readonly string[] };

/** Brings the stack to where it can be created or updated: follows what is under way, removes what was stillborn. */
export async function clearTheWay(
  deployment: Deployment,
  { stack }: Pick<Found, 'stack'>,
  { prefix, mustExist, dryRun }: Pick<Wanted, 'prefix' | 'mustExist' | 'dryRun'>,
  ui: Ui,
): Promise<Cleared> {
  const { screen } = ui;
  const tell = tellEvents(screen);
  const act = nextAct(stack, { name: prefix, mustExist });
  switch (act.kind) {
    case 'create':
    case 'update':
      return { kind: 'clear', stack };
    case 'refuse':
      return { kind: 'blocked', problems: [act.why] };
    case 'follow': {
      screen.print(`stack ${prefix}: ${stack?.status}; followed until it is over`);
      const followed = await follow(deployment, act.id, tell);
      return clearTheWay(deployment, { stack: followed.stack }, { prefix, mustExist, dryRun }, ui);
    }
    case 'clear': {
      const what = `stack ${prefix}: ${stack?.status} (${stack?.reason ?? 'no reason given'})`;
      if (dryRun) return { kind: 'blocked', problems: [`${what}; it would be removed and created anew`] };
      screen.print(`${what}; what is left of it is removed first`);
      await deployment.stacks.remove(act.id, []);
      const followed = await follow(deployment, act.id, tell);
      return clearTheWay(deployment, { stack: followed.stack }, { prefix, mustExist, dryRun }, ui);
    }
  }
}

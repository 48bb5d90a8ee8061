import type { Evidence, Verdict } from './diagnosis';
import type { Sign } from './find-signs';

interface About {
  readonly head: Sign;
  readonly root: Sign;
}

/** What a person, or a playbook, does now; the first thing first. */
export function whatToDo(
  verdict: Verdict,
  about: About | undefined,
  evidence: readonly Evidence[],
): readonly string[] {
  if (about === undefined) return withoutTrouble[verdict] ?? [];
  const hints = [...new Set([about.root.rule.hint, about.head.rule.hint])];
  const disks = [...new Set(evidence.flatMap(({ disk }) => disk ?? []))];
  const lookAt = disks.length === 0 ? [] : [`look at ${disks.join(', ')} first`];
  const first =
    verdict === 'recovered' ? ['nothing is broken now; see to it that it does not come again:'] : [];
  return [...first, ...hints, ...lookAt];
}

const withoutTrouble: Partial<Record<Verdict, readonly string[]>> = {
  'shut-down': ['start the instance if it should run'],
  unclear: [
    'look at the screenshot, and once more in a few minutes',
    'see that the system logs to its serial console (console=ttyS0 on the kernel command line)',
  ],
};

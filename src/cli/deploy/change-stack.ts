import { CloudError } from '../../engine/ports';
import { exits } from '../exits';
import type { Found } from './account-findings';
import { changesPage, countChanges } from './changes-page';
import { failuresOf, follow, type Followed } from './follow';
import type { Names } from './names';
import { sayLosses, sayReplacements } from './next-act';
import { fillTemplate } from './parameters';
import { knownParameters } from './known-parameters';
import type { Change, Deployment, Generation, Stack, Template } from './ports';
import { tellEvents } from './progress';
import { sayFailures } from './say';
import { isComplete } from './stack-state';
import type { Ui } from './ui';
import { uploadCode } from './upload-code';
import type { Wanted } from './wanted';

export interface Applied {
  /** `same`: there was nothing to change. */
  readonly end: 'done' | 'not-done';
  readonly exit: number;
  readonly changes: readonly Change[];
  readonly uploaded: readonly string[];
  readonly problems: readonly string[];
  readonly stateBucket: string;
}

/** CloudMonitor makes no alarm rule without somebody to tell. */
const unwatched =
  'no alarm will ring when the sweep stands still: name a contact group of CloudMonitor with --set AlarmContactGroup=NAME';

interface Plan {
  readonly wanted: Wanted;
  readonly names: Names;
  readonly generation: Generation;
}

/** Shows what would change, has it confirmed, uploads the code, and creates or updates the stack to its end. */
export async function changeStack(
  deployment: Deployment,
  { stack, stateBucket }: Pick<Found, 'stack' | 'stateBucket'>,
  plan: Plan,
  ui: Ui,
): Promise<Applied> {
  const { wanted, names, generation } = plan;
  const { stacks } = deployment;
  const template = fillTemplate(wanted.template, {
    before: stack?.parameters ?? {},
    known: knownParameters({ ...plan, stack, stateBucket }),
    set: wanted.set,
  });
  await stacks.validate(template.body);
  const of = { name: names.stack, ...(stack !== undefined && { id: stack.id }) };
  const changes = await stacks.preview(of, template);
  const bucket = template.parameters['StateBucket'] ?? names.stateBucket;
  const end = (over: Partial<Applied>): Applied => ({
    end: 'not-done',
    exit: exits.good,
    changes,
    uploaded: [],
    problems: [],
    stateBucket: bucket,
    ...over,
  });
  if (changes.length === 0 && stack !== undefined && isComplete(stack)) {
    ui.screen.print(`stack ${names.stack} (${generation}): nothing to change`);
    return end({ end: wanted.dryRun ? 'not-done' : 'done' });
  }
  ui.screen.print(changesPage(changes, ui.screen.paint));
  ui.screen.print(
    `stack ${names.stack}: ${countChanges(changes) || 'only what failed before is tried again'}`,
  );
  if (stack === undefined && stateBucket === 'ours') {
    ui.screen.print(`oss://${bucket} is there already: the journals and playbooks in it are carried on`);
  }
  if (!template.parameters['AlarmContactGroup']) ui.screen.print(ui.screen.paint.yellow(unwatched));
  const impossible = stack === undefined ? [] : [...sayLosses(changes), ...sayReplacements(changes)];
  if (impossible.length > 0) return end({ exit: exits.blocked, problems: impossible });
  if (wanted.dryRun) return end({ exit: exits.wouldChange });
  const consent = await ui.confirm(`${stack === undefined ? 'create' : 'update'} the stack?`);
  if (consent !== 'yes') return end({ exit: exits.wouldChange, problems: [sayUnasked(consent)] });

  const uploaded = await uploadCode(deployment.buckets, names.codeBucket, wanted.code);
  ui.screen.print(sayUploaded(uploaded, names.codeBucket));
  const applied = await apply(deployment, { stack, template, names }, ui);
  if (applied.stack !== undefined && isComplete(applied.stack)) return end({ end: 'done', uploaded });
  return end({ exit: exits.failed, uploaded, problems: sayFailed(applied, names.stack) });
}

async function apply(
  deployment: Deployment,
  {
    stack,
    template,
    names,
  }: { readonly stack: Stack | undefined; readonly template: Template; readonly names: Names },
  { screen }: Ui,
): Promise<Followed> {
  const { stacks, token } = deployment;
  const known = stack === undefined ? undefined : (await stacks.events(stack.id, undefined))[0]?.id;
  const id = await begin(
    deployment,
    async () => {
      if (stack === undefined) return stacks.create(names.stack, template, `${token}-create`);
      await stacks.update(stack.id, template, `${token}-update`);
      return stack.id;
    },
    names,
  );
  return follow(deployment, id, tellEvents(screen), known);
}

/** An answer that got lost may stand for a stack that is being made: the look tells. */
async function begin({ stacks }: Deployment, write: () => Promise<string>, names: Names): Promise<string> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof CloudError) || !error.detail.mayHaveWorked) throw error;
    const found = await stacks.find(names.stack);
    if (found === undefined) throw error;
    return found.id;
  }
}

function sayUploaded(uploaded: readonly string[], bucket: string): string {
  if (uploaded.length === 0) return `code: all of it is in ${bucket} already`;
  return `code: ${uploaded.join(', ')} uploaded to ${bucket}`;
}

function sayUnasked(consent: 'no' | 'unasked'): string {
  return consent === 'no' ? 'nothing was changed' : 'nothing was changed; say yes with --yes';
}

function sayFailed({ stack, events }: Followed, name: string): readonly string[] {
  const failures = sayFailures(failuresOf(events, name));
  return [
    `stack ${name}: ${stack?.status ?? 'gone'}${stack?.reason ? `: ${stack.reason}` : ''}`,
    ...failures,
  ];
}

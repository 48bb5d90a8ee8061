import * as z from 'zod';
import { machine } from '../../connect';
import type { Run } from '../../run/run';
import { readDrained } from '../../steps/traffic/snapshot';
import { connectToAccount } from '../account';
import { exits } from '../exits';
import { table, type Screen } from '../screen';
import { sayHere } from '../times';
import { adviceFor } from './advice';
import { auditLine } from './audit';
import { findRun, type ReadRun } from './find-run';
import { lastSentence, paintState, placeOf, stateOf } from './state';
import { stepStories, type StepStory } from './steps';

/** Everything that is known of a run. Answers the exit code. */
export async function showRun(text: string, json: boolean, screen: Screen): Promise<number> {
  const { world } = await connectToAccount();
  const read = await findRun(world, text);
  const open = await world.openRuns.list();
  const marker = open.find(({ runId }) => runId === read.run.id);
  // Short waits leave the marker as it is.
  const nextLook = marker && marker.nextLook > world.now() ? marker.nextLook : undefined;
  if (json) screen.print(JSON.stringify(toJson(read, nextLook)));
  else for (const line of pageOf(read, nextLook, screen.paint)) screen.print(line);
  return exits.good;
}

/** Instants are milliseconds since 1970; the run without its plan's parameters. */
function toJson(read: ReadRun, nextLook: number | undefined): object {
  const { run, tail } = read;
  const { plan, ...state } = run;
  return {
    ...state,
    state: stateOf(read),
    playbook: plan.playbook,
    pool: plan.pool,
    digest: plan.digest,
    target: plan.target,
    nextLook: nextLook ?? null,
    steps: stepStories(run, tail),
    weightsBefore: weightsBefore(run),
    advice: adviceFor(read),
    journal: tail.entries.map(auditLine),
  };
}

function pageOf(read: ReadRun, nextLook: number | undefined, paint: Screen['paint']): readonly string[] {
  const { run, tail } = read;
  const advice = adviceFor(read);
  const journal = tail.entries.map(auditLine).map(({ at, who, what }) => [sayHere(at), who, what]);
  return [
    paint.bold(
      `${run.id}  ${run.event.code} (${run.event.status}) ${run.event.id}  ${run.plan.target.instanceId}`,
    ),
    table([...rowsOf(read, nextLook, paint)].map(indent)),
    '',
    paint.bold('Steps'),
    table(stepStories(run, tail).map((step) => indent(sayStep(step, paint)))),
    '',
    ...scriptsOf(run, paint),
    ...(advice.length === 0
      ? []
      : [paint.bold('What you can say'), ...advice.map((line) => `  ${line}`), '']),
    paint.bold('Journal'),
    table(journal.map(indent)),
  ];
}

function rowsOf(read: ReadRun, nextLook: number | undefined, paint: Screen['paint']): readonly string[][] {
  const { run } = read;
  const { plan, event, committed, endedAt } = run;
  const state = stateOf(read);
  const zone = machine.zone();
  const weights = weightsBefore(run).map(({ key, weight }) => `${key} ${weight}`);
  const commit = plan.steps.find((step) => step.commit === true);
  const undone = committed
    ? 'past it: it is finished, or holds'
    : `${commit?.id ?? 'none'}: until there it can be undone`;
  return [
    ['state', `${paintState(state, paint)}  ${lastSentence(read)}`],
    ...(placeOf(run) === '' ? [] : [['stands at', placeOf(run)]]),
    ...(nextLook === undefined ? [] : [['next look', sayHere(nextLook)]]),
    ['playbook', `${plan.playbook}, plan ${plan.digest}, pool ${plan.pool}, zone ${plan.target.zone}`],
    ...(event.notBefore === undefined ? [] : [['planned', `${sayHere(event.notBefore)} by the provider`]]),
    ['began', `${sayHere(run.startedAt)}${endedAt === undefined ? '' : `, ended ${sayHere(endedAt)}`}`],
    ['commit', undone],
    ...(run.answers === undefined ? [] : [['answers', String(run.answers)]]),
    ...(weights.length === 0 ? [] : [['weights before', weights.join('\n')]]),
    ['times in', plan.zone === zone ? zone : `${zone}; the calendar's zone is ${plan.zone}`],
  ];
}

function weightsBefore({ plan, facts }: Run): readonly { readonly key: string; readonly weight: number }[] {
  const [first = []] = plan.steps
    .filter(({ use }) => ['enter-standby', 'soften-traffic', 'drain-traffic'].includes(use))
    .flatMap(({ id }) => readDrained(facts[id]) ?? [])
    .map(({ snapshot }) => snapshot);
  return first.map(({ key, weight }) => ({ key, weight }));
}

const ScriptFacts = z.object({ exitCode: z.number().optional(), status: z.string(), output: z.string() });

/** What the scripts of the playbook said last, and how they ended. */
function scriptsOf({ plan, facts }: Run, paint: Screen['paint']): readonly string[] {
  const rows = plan.steps
    .filter(({ use }) => use === 'run-script')
    .flatMap(({ id }) => {
      const known = ScriptFacts.safeParse(facts[id]).data;
      if (known === undefined) return [];
      const { exitCode, status, output } = known;
      return [[`  ${id}`, exitCode === undefined ? status : `exit code ${exitCode}`, output]];
    });
  return rows.length === 0 ? [] : [paint.bold('Scripts'), table(rows), ''];
}

const marks = { done: '✓', 'at hand': '▶', 'to come': '·', 'put back': '↩' } as const;

function sayStep({ id, state, says = '', at }: StepStory, paint: Screen['paint']): readonly string[] {
  const mark = state === 'at hand' ? paint.bold(marks[state]) : marks[state];
  return [`${mark} ${id}`, at === undefined ? '' : sayHere(at), says];
}

function indent([first = '', ...rest]: readonly string[]): readonly string[] {
  return [`  ${first}`, ...rest];
}

import { sayDuration } from '../../playbook/duration';
import { sayInstant } from '../../playbook/zone-time';
import type { Run } from '../../run/run';
import type { Span, Write } from '../front-door';
import { table, type Screen } from '../screen';
import { decisionJson, decisionsTable, type Decision } from './decisions';
import type { Promised } from './promises';
import { isDeed, weightsIn } from './say-write';
import { trafficJson, trafficLines, type RunTraffic } from './traffic-over-time';

export interface Report {
  readonly runs: readonly Run[];
  readonly writes: readonly Write[];
  readonly spans: readonly Span[];
  readonly promises: readonly Promised[];
  readonly leftAlone: ReadonlyMap<string, string>;
  readonly traffic: readonly RunTraffic[];
  readonly from: number;
  readonly to: number;
  readonly realMs: number;
  readonly zone: string;
  /** Of a replayed stream only. */
  readonly decisions?: readonly Decision[];
}

/** What a run came to: its outcome once it has ended, `held` while it waits for a person. */
export function outcomeOf({ phase }: Run): string {
  if (phase.kind === 'ended') return phase.outcome;
  return phase.kind === 'held' ? 'held' : 'under way';
}

/** The same story for machines: one object. Instants are ISO 8601, durations in seconds. */
export function reportJson(report: Report): object {
  const { runs, writes, promises, from, to, realMs } = report;
  return {
    runs: runs.map((run) => ({
      id: run.id,
      event: run.event.id,
      code: run.event.code,
      instance: run.plan.target.instanceId,
      playbook: run.plan.playbook,
      outcome: outcomeOf(run),
      reason: reasonOf(run) ?? null,
      startedAt: iso(run.startedAt),
      endedAt: run.endedAt === undefined ? null : iso(run.endedAt),
      outOfServiceSeconds: Math.round(outOfServiceMs(run, report) / 1000),
    })),
    writes: writes
      .filter(isDeed)
      .map(({ at, product, action, target, params }) => ({ at: iso(at), product, action, target, params })),
    traffic: report.traffic.map(trafficJson),
    ...(report.decisions && { decisions: report.decisions.map(decisionJson) }),
    violations: promises.flatMap(({ sentence, violations }) =>
      violations.map((found) => `${sentence}: ${found}`),
    ),
    virtualSeconds: Math.round((to - from) / 1000),
    realSeconds: Math.round(realMs / 100) / 10,
  };
}

/** The end of the page: outcome, time out of service, what was written, what was promised. */
export function reportLines(report: Report, paint: Screen['paint']): readonly string[] {
  const { writes, promises, leftAlone, runs, from, to, realMs } = report;
  const deeds = writes.filter(isDeed);
  const kept = promises.map(
    ({ sentence, violations }) =>
      `  ${violations.length === 0 ? paint.green('✓') : paint.red('✗')} ${sentence}${violations.map((text) => `\n      ${paint.red(text)}`).join('')}`,
  );
  const alone = [...leftAlone].filter(([event]) => !runs.some((run) => run.event.id === event));
  return [
    '',
    ...heading('Runs', paint, runs.length === 0 ? '  none' : indent(runsTable(report, paint))),
    ...(alone.length === 0 ? [] : alone.map(([, why]) => `  ${why}`)),
    ...(report.decisions
      ? heading('Decisions', paint, indent(decisionsTable(report.decisions, report.zone)))
      : []),
    ...report.traffic.flatMap((one) =>
      heading(`Traffic of ${one.instanceId}`, paint, indent(trafficLines(one, report.zone).join('\n'))),
    ),
    ...heading('Out of service', paint, indent(outOfServiceTable(report))),
    ...heading(`Written to the cloud: ${deeds.length}`, paint, indent(writesTable(deeds))),
    ...heading('Promises', paint, kept.join('\n')),
    `${sayDuration(to - from)} of the cloud's time in ${(realMs / 1000).toFixed(1)} s`,
  ];
}

function heading(text: string, paint: Screen['paint'], body: string): readonly string[] {
  return [paint.bold(text), body, ''];
}

function runsTable({ runs, zone }: Report, paint: Screen['paint']): string {
  const rows = runs.map((run) => {
    const outcome = outcomeOf(run);
    const good = outcome === 'done' || outcome === 'withdrawn';
    return [
      run.id,
      run.event.code,
      run.plan.target.instanceId,
      run.plan.playbook,
      (good ? paint.green : paint.red)(outcome),
      `${sayInstant(run.startedAt, zone)} – ${run.endedAt === undefined ? '' : sayInstant(run.endedAt, zone)}`,
      reasonOf(run) ?? '',
    ];
  });
  return table(rows);
}

function outOfServiceTable(report: Report): string {
  const { spans, zone, from, to } = report;
  const inStory = spans.filter((span) => (span.to ?? to) > from);
  if (inStory.length === 0) return 'nobody';
  return table(
    inStory.map((span) => [
      span.instanceId,
      sayDuration((span.to ?? to) - span.from),
      `${sayInstant(span.from, zone)} – ${span.to === null ? 'still' : sayInstant(span.to, zone)}`,
    ]),
  );
}

function writesTable(deeds: readonly Write[]): string {
  const groups = new Map<string, Write[]>();
  for (const write of deeds) {
    const key = `${write.product} ${write.action} ${write.target}`;
    groups.set(key, [...(groups.get(key) ?? []), write]);
  }
  const rows = [...groups.values()].map((writes) => [
    `${writes.length} ×`,
    `${writes[0]?.product} ${writes[0]?.action}`,
    writes[0]?.target ?? '',
    writes
      .map(weightsIn)
      .filter((weights) => weights.length > 0)
      .map((weights) => [...new Set(weights.map(({ weight }) => weight))].join('/'))
      .join(' → '),
  ]);
  return rows.length === 0 ? 'nothing' : table(rows);
}

function outOfServiceMs({ plan, startedAt, endedAt }: Run, { spans, to }: Report): number {
  return spans
    .filter(({ instanceId }) => instanceId === plan.target.instanceId)
    .map((span) => Math.min(span.to ?? to, endedAt ?? to) - Math.max(span.from, startedAt))
    .reduce((sum, ms) => sum + Math.max(0, ms), 0);
}

function reasonOf({ phase }: Run): string | undefined {
  return 'reason' in phase ? phase.reason?.sentence : undefined;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

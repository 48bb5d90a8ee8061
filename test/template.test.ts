import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { leaseMs } from '../src/engine/act';
import { mostTries } from '../src/engine/set-aside';
import { usualSweepEveryMs } from '../src/engine/sweep-record';
import { readQueues, readTemplate } from '../src/cli/rehearse/template';

const root = join(__dirname, '..');
const text = readFileSync(join(root, 'template.yml'), 'utf8');
const functions = readTemplate(text, { StateBucket: 'journals-of-test' });

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}
const { Resources } = parse(text) as { readonly Resources: Record<string, Resource> };

/** A name as it is written, or the parameter that says it; what another resource is called is its own affair. */
function nameOf(value: unknown): readonly string[] {
  const written = value as string | { readonly Ref?: string; readonly 'Fn::Sub'?: string } | undefined;
  const name = typeof written === 'string' ? written : (written?.['Fn::Sub'] ?? written?.Ref);
  return name === undefined ? [] : [name.replace('${NamePrefix}', 'failover')];
}

describe('template.yml', () => {
  it('means the same to a YAML 1.1 and a YAML 1.2 reader', () => {
    expect(parse(text, { version: '1.1' })).toEqual(parse(text, { version: '1.2' }));
  });

  it('uses no tags: functions of ROS are in long form', () => {
    expect(text).not.toMatch(/:\s*![A-Za-z]/);
  });

  it('names every function folder, and no other', () => {
    const named = functions.map(({ file }) => file).sort();
    const folders = readdirSync(join(root, 'functions')).map((name) => `dist/functions/${name}/index`);
    expect(named).toEqual(folders.sort());
  });

  it('keeps the names of what ROS cannot rename, or no installation could be upgraded', () => {
    const keys = ['RoleName', 'BucketName', 'QueueName', 'Name', 'LogstoreName', 'RuleId', 'RuleName'];
    const ofFunctions = ['ServiceName', 'FunctionName', 'TriggerName'];
    const names = Object.entries(Resources).map(([resource, { Properties }]) =>
      [resource, ...[...keys, ...ofFunctions].flatMap((key) => nameOf(Properties[key]))].join(' '),
    );
    expect(names).toEqual([
      'FunctionRole failover-functions',
      'StateStore StateBucket',
      'RunDeadLetters failover-runs-dead',
      'RunQueue failover-runs',
      'EventDeadLetters failover-events-dead',
      'EventQueue failover-events',
      'EventRule failover-ecs',
      'EventRuleTargets failover-ecs',
      'EventRuleTargets2 failover-ecs',
      'LogProject failover-logs-${ALIYUN::TenantId}',
      'LogStore functions',
      'LogIndex',
      'SweepAlarm failover-sweep failover-sweep',
      'Poll failover-poll',
      'PollEvery every-five-minutes',
      'Receive failover-receive',
      'ReceiveFromEventBridge ecs-events',
      'ReceiveFromCloudMonitor cloudmonitor-queue',
      'Advance failover-advance',
      'AdvanceEvery every-minute',
      'Service2 NamePrefix',
      'Poll2 failover-poll',
      'PollEvery2 every-five-minutes',
      'Receive2 failover-receive',
      'ReceiveFromEventBridge2 failover-ecs-events',
      'Advance2 failover-advance',
      'AdvanceEvery2 every-minute',
    ]);
  });

  it('names handlers that exist', async () => {
    for (const { file, exported } of functions) {
      const source = join(root, file.replace('dist/', ''));
      expect(existsSync(`${source}.ts`)).toBe(true);
      expect(typeof ((await import(source)) as Record<string, unknown>)[exported]).toBe('function');
    }
  });

  it('starts every function by something', () => {
    const started = functions.map(({ name, timers, sources }) => [
      name,
      ...timers.map(({ schedule }) => schedule),
      ...sources,
    ]);
    expect(usualSweepEveryMs).toBe(5 * 60_000);
    expect(started).toEqual([
      ['failover-poll', '@every 5m'],
      ['failover-receive', 'bus', 'queue'],
      ['failover-advance', '@every 1m'],
    ]);
  });

  it('keeps a function shorter than a lease, and a lease shorter than a message stays invisible (C76)', () => {
    const runs = Object.entries(Resources).find(([name]) => name === 'RunQueue')?.[1];
    const visibility = Number(runs?.Properties['VisibilityTimeout']);
    expect(functions.map(({ timeoutSeconds }) => timeoutSeconds)).toEqual([120, 120, 120]);
    expect(Math.max(...functions.map(({ timeoutSeconds }) => timeoutSeconds)) * 1000).toBeLessThan(leaseMs);
    expect(leaseMs).toBeLessThan(visibility * 1000);
  });

  it('lets messages live for seven days and sets aside those that cannot be handled', () => {
    expect(Resources['RunQueue']?.Properties).toMatchObject({
      MessageRetentionPeriod: 604800,
      DlqPolicy: { Enabled: true },
    });
  });

  it('leaves the engine many tries before the queue sets a message aside, where the sweep looks for it', () => {
    const runs = readQueues(text, {}).find(({ name }) => name === 'failover-runs');
    expect(mostTries).toBe(5);
    expect(runs?.dlqPolicy?.maxReceiveCount).toBe(50);
    expect(runs?.dlqPolicy?.deadLetterTargetQueue).toBe(`${runs?.name}-dead`);
  });

  it('is read for its queues, as the rehearsal deploys them', () => {
    expect(readQueues(text, {})).toEqual([
      { name: 'failover-runs-dead', messageRetentionPeriod: 604800 },
      {
        name: 'failover-runs',
        visibilityTimeout: 180,
        messageRetentionPeriod: 604800,
        dlqPolicy: { enabled: true, deadLetterTargetQueue: 'failover-runs-dead', maxReceiveCount: 50 },
      },
      { name: 'failover-events-dead', messageRetentionPeriod: 604800 },
      {
        name: 'failover-events',
        visibilityTimeout: 180,
        messageRetentionPeriod: 604800,
        dlqPolicy: { enabled: true, deadLetterTargetQueue: 'failover-events-dead', maxReceiveCount: 50 },
      },
    ]);
  });

  it('gives every function the same queue and bucket; playbooks are in the bucket, and poll knows its period', () => {
    const everywhere = { TZ: 'UTC', FAILOVER_QUEUE: 'failover-runs', FAILOVER_BUCKET: 'journals-of-test' };
    expect(functions.map(({ environment }) => environment)).toEqual([
      { ...everywhere, FAILOVER_SWEEP_SECONDS: '300' },
      everywhere,
      everywhere,
    ]);
  });
});

import type { CommandRequest, CommandState } from '../../../src/engine/ports';
import type { Reach } from '../../../src/steps/define-step';
import { eventThatIs, inWords, minuteMs, moveOf, sceneOf, secondMs, t0 } from '../at-a-scene';

const parameters = {
  script: '/opt/hdfs/bin/decommission.sh',
  arguments: ['--wait', "it's $HOME"],
  environment: { ROLE: 'a"b\nc' },
  expect: [0, 3],
  timeoutMs: 2 * minuteMs,
  startWithinMs: 5 * minuteMs,
};
const withUndo = {
  ...parameters,
  undo: { run: 'echo back', environment: {}, expect: [0], timeoutMs: minuteMs },
};

const ended = (more: Partial<CommandState>): CommandState => ({
  invokeId: 't-1',
  finished: true,
  succeeded: false,
  status: 'Failed',
  errorCode: 'ExitCodeNonzero',
  output: '',
  startedAt: t0 + secondMs,
  finishedAt: t0 + 20 * secondMs,
  ...more,
});
const good = ended({ succeeded: true, status: 'Success', exitCode: 0, errorCode: '' });
const under = ended({ finished: false, status: 'Running', errorCode: '' });
const aborted = ended({ status: 'Aborted', errorCode: 'ClientNotRunning' });
const sent = { attempt: 0, begunAt: t0 };

const judge = (command: CommandState | undefined, scene: object = {}) =>
  moveOf('run-script').judge({ attempt: 0, command }, parameters, sceneOf({ facts: sent, ...scene }));

describe('run-script', () => {
  it.each<[string, CommandState | undefined, object, string]>([
    ['sends its command', undefined, { facts: {} }, 'needed'],
    ['waits for it', under, {}, 'pending 10s'],
    ['is done with exit code 0', good, {}, 'done'],
    ['is done with another exit code that means success', ended({ exitCode: 3 }), {}, 'done'],
    ['fails with any other', ended({ exitCode: 4 }), {}, 'impossible script-failed'],
    ['fails at its timeout', ended({ status: 'Timeout' }), {}, 'impossible script-failed'],
    ['sends again what never began', aborted, {}, 'needed'],
    ['waits a little before it does', aborted, { now: t0 + 30 * secondMs }, 'pending 20s'],
    ['gives up what cannot begin', aborted, { now: t0 + 5 * minuteMs }, 'impossible script-failed'],
    [
      'runs once more for a person after a failure',
      ended({ exitCode: 4 }),
      { facts: { attempt: 0, begunAt: t0 - minuteMs } },
      'needed',
    ],
    ['runs no second time for a person after a success', good, { facts: { attempt: 0, begunAt: 1 } }, 'done'],
    [
      'runs no second time for a person while it runs',
      under,
      { facts: { attempt: 0, begunAt: 1 } },
      'pending 10s',
    ],
    [
      'does not wait for ever for an end that nobody tells',
      under,
      { now: t0 + 6 * minuteMs },
      'impossible script-unknown',
    ],
    ['runs behind a provider who went first', undefined, { event: eventThatIs('Executing') }, 'needed'],
  ])('%s', (_name, command, scene, expected) => {
    const { now = t0 + minuteMs } = scene as { now?: number };
    expect(inWords(judge(command, scene), now)).toBe(expected);
  });

  it.each<[Partial<CommandState>, string]>([
    [{ exitCode: 4 }, 'the script ended with exit code 4; expected 0 or 3'],
    [{ exitCode: 127 }, 'the script ended with exit code 127 (no such file or command); expected 0 or 3'],
    [{ exitCode: 126 }, 'the script ended with exit code 126 (it cannot be executed); expected 0 or 3'],
    [{ status: 'Timeout', errorCode: 'ExecutionTimeout' }, 'the script was stopped after 2m, its timeout'],
    [{ status: 'Terminated', errorCode: '' }, 'somebody stopped the script (Terminated)'],
    [
      { status: 'Error', errorCode: 'DirectoryNotExists' },
      'the working directory does not exist on the instance (DirectoryNotExists)',
    ],
    [{ status: 'Invalid', errorCode: 'Novelty' }, 'the script ended Invalid (Novelty)'],
  ])('tells %j', (command, sentence) => {
    expect(judge(ended(command))).toMatchObject({ reason: { code: 'script-failed', sentence } });
  });

  it('says what keeps it from the instance', () => {
    const late = { now: t0 + 6 * minuteMs };
    expect(judge(aborted, late)).toMatchObject({
      reason: { sentence: 'the agent of Cloud Assistant is not running on the instance (ClientNotRunning)' },
    });
  });

  it('remembers how it ended, and the end of what it said', () => {
    const output = Array.from({ length: 40 }, (_item, index) => `line ${index}`).join('\n');
    expect(judge({ ...good, output })).toEqual({
      kind: 'done',
      note: '/opt/hdfs/bin/decommission.sh ended with exit code 0',
      facts: {
        invokeId: 't-1',
        status: 'Success',
        exitCode: 0,
        output:
          'line 28\nline 29\nline 30\nline 31\nline 32\nline 33\nline 34\nline 35\nline 36\nline 37\nline 38\nline 39',
      },
    });
    expect(judge({ ...good, output: 'x'.repeat(5000) })).toMatchObject({
      facts: { output: 'x'.repeat(1200) },
    });
  });
});

/** Cloud Assistant that remembers what it was asked, and knows commands by their name. */
function assistant(known: Readonly<Record<string, CommandState>> = {}) {
  const sentCommands: CommandRequest[] = [];
  const commands = {
    find: async (name: string) => known[name],
    run: async (request: CommandRequest) => (sentCommands.push(request), { invokeId: 't-9' }),
  };
  return { reach: { cloud: { commands } } as unknown as Reach, sentCommands };
}

describe('the command of a script', () => {
  it('passes words and values as they are, whatever a shell would make of them', async () => {
    const { reach, sentCommands } = assistant();
    const scene = sceneOf({ stepId: 'decommission' });
    const move = moveOf('run-script');
    await move.act({ ...parameters, workingDir: '/opt/hdfs', user: 'hdfs' }, reach, scene, { attempt: 0 });
    expect(sentCommands).toEqual([
      {
        name: 'failover-run-1-decommission',
        instanceId: 'i-1',
        timeoutSeconds: 120,
        workingDir: '/opt/hdfs',
        user: 'hdfs',
        script: `export ROLE='a"b
c'
export FAILOVER_RUN='run-1'
export FAILOVER_EVENT='e-bp1reboot000000001'
export FAILOVER_EVENT_CODE='SystemMaintenance.Reboot'
export FAILOVER_EVENT_STATUS='Scheduled'
export FAILOVER_INSTANCE='i-1'
export FAILOVER_PLANNED='2026-11-20T10:00:00.000Z'
'/opt/hdfs/bin/decommission.sh' '--wait' 'it'\\''s $HOME'
`,
      },
    ]);
  });

  it('is the same to the letter when it is sent again after a crash, though the event has changed', async () => {
    const { reach, sentCommands } = assistant();
    const move = moveOf('run-script');
    const before = sceneOf({ stepId: 'it' });
    const facts = move.claim?.({ attempt: 0 }, parameters, before);
    await move.act(parameters, reach, before, { attempt: 0 });
    const after = sceneOf({ stepId: 'it', facts, event: eventThatIs('Executing') });
    const seen = await move.look(parameters, reach, after);
    await move.act(parameters, reach, after, seen);
    expect(sentCommands[1]).toEqual(sentCommands[0]);
  });

  it('has a new name once the one before has ended', async () => {
    const { reach, sentCommands } = assistant({ 'failover-run-1-it': aborted });
    const move = moveOf('run-script');
    const seen = await move.look(parameters, reach, sceneOf({ facts: sent }));
    expect(move.claim?.(seen, parameters, sceneOf({ facts: sent }))).toMatchObject({
      attempt: 1,
      begunAt: t0,
    });
    await move.act(parameters, reach, sceneOf({ facts: sent }), seen);
    expect(sentCommands.map(({ name }) => name)).toEqual(['failover-run-1-it-again1']);
  });
});

describe('putting a script back', () => {
  const undoOf = async (
    known: Readonly<Record<string, CommandState>>,
    given: object = withUndo,
    facts: object = sent,
  ) => {
    const { reach, sentCommands } = assistant(known);
    const scene = sceneOf({ facts: { ...facts } });
    const move = moveOf('run-script', 'undo');
    const seen = await move.look({ ...given }, reach, scene);
    const verdict = move.judge(seen, { ...given }, scene);
    if (verdict.kind === 'needed') await move.act({ ...given }, reach, scene, seen);
    return [inWords(verdict), ...sentCommands.map(({ name }) => name)];
  };

  it.each<[string, Readonly<Record<string, CommandState>>, object, object, readonly string[]]>([
    ['needs no call without a script for it', { 'failover-run-1-it': good }, parameters, sent, ['done']],
    ['needs none where the script did not run', {}, withUndo, sent, ['done']],
    ['needs none where it never began', { 'failover-run-1-it': aborted }, withUndo, sent, ['done']],
    ['waits until the script has ended', { 'failover-run-1-it': under }, withUndo, sent, ['pending 10s']],
    [
      'runs its script after one that did well',
      { 'failover-run-1-it': good },
      withUndo,
      sent,
      ['needed', 'failover-run-1-it-undo'],
    ],
    [
      'runs it after one that failed half-way',
      { 'failover-run-1-it': ended({ exitCode: 4 }) },
      withUndo,
      sent,
      ['needed', 'failover-run-1-it-undo'],
    ],
    [
      'runs it after a second attempt that never began',
      { 'failover-run-1-it-again1': aborted },
      withUndo,
      { attempt: 1, begunAt: t0 },
      ['needed', 'failover-run-1-it-undo'],
    ],
    [
      'is done when that ended well',
      { 'failover-run-1-it': good, 'failover-run-1-it-undo': good },
      withUndo,
      { ...sent, undo: sent },
      ['done'],
    ],
    [
      'fails with it',
      { 'failover-run-1-it': good, 'failover-run-1-it-undo': ended({ exitCode: 1 }) },
      withUndo,
      { ...sent, undo: sent },
      ['impossible script-failed'],
    ],
  ])('%s', async (_name, known, given, facts, expected) => {
    expect(await undoOf(known, given, facts)).toEqual(expected);
  });

  it('remembers its own command within the facts of the step', () => {
    const scene = sceneOf({ facts: sent });
    const seen = { before: { attempt: 0, command: good }, back: { attempt: 0 } };
    const claim = moveOf('run-script', 'undo').claim?.(seen, withUndo, scene);
    expect(claim).toMatchObject({ undo: { attempt: 0, begunAt: t0 } });
  });
});

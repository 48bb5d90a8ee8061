import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { CommandRequest, Commands, CommandState } from '../engine/ports';
import type { Caller } from './call';
import { byToken } from './pages';
import { scrub } from './scrub';
import { instantOf, listOf, Numeric } from './shapes';

const Invocations = z.object({
  NextToken: z.string().nullish(),
  Invocations: listOf(
    'Invocation',
    z.object({
      InvokeId: z.string(),
      CommandName: z.string().nullish(),
      CreationTime: z.string(),
      InvocationStatus: z.string(),
    }),
  ),
});
type Invocation = z.infer<typeof Invocations>['Invocations'][number];

const Result = z.object({
  InvokeId: z.string(),
  InstanceId: z.string(),
  InvocationStatus: z.string(),
  ExitCode: Numeric.nullish(),
  Output: z.string().nullish(),
  ErrorCode: z.string().nullish(),
  StartTime: z.string().nullish(),
  FinishedTime: z.string().nullish(),
});
const Results = z.object({ Invocation: z.object({ InvocationResults: listOf('InvocationResult', Result) }) });

const Started = z.object({ InvokeId: z.string() });

/** `InvokeRecordStatus` says `Finished` for failures too; only these words of `InvocationStatus` are final. */
const finalStatuses = new Set([
  'Success',
  'Failed',
  'Error',
  'Timeout',
  'Invalid',
  'Aborted',
  'Cancelled',
  'Terminated',
]);

/** The API takes 24 KB of encoded command. */
const contentLimit = 24 * 1024;

/**
 * Commands inside instances.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-runcommand
 */
export function createCommands(call: Caller, { region }: { readonly region: string }): Commands {
  return {
    async find(name, instanceId) {
      const newest = await newestInvocation(call, { region, name, instanceId });
      if (newest === undefined) return undefined;
      const params = { RegionId: region, InvokeId: newest.InvokeId, InstanceId: instanceId, MaxResults: 50 };
      const answer = await call.read('ecs', 'DescribeInvocationResults', params, Results);
      const result = answer.Invocation.InvocationResults.find((row) => row.InstanceId === instanceId);
      return result === undefined ? notYet(newest) : stateOf(result);
    },

    async run(request) {
      const started = await call.write('ecs', 'RunCommand', runParams(request, region), Started);
      return { invokeId: started.InvokeId };
    },
  };
}

async function newestInvocation(
  call: Caller,
  { region, name, instanceId }: { region: string; name: string; instanceId: string },
): Promise<Invocation | undefined> {
  const rows = await byToken(async (token) => {
    const params = {
      RegionId: region,
      CommandName: name,
      InstanceId: instanceId,
      MaxResults: 50,
      NextToken: token,
    };
    const answer = await call.read('ecs', 'DescribeInvocations', params, Invocations);
    return { rows: answer.Invocations, next: answer.NextToken };
  });
  return rows
    .filter((row) => row.CommandName === name)
    .reduce<Invocation | undefined>(
      (newest, row) => (newest === undefined || createdAt(row) > createdAt(newest) ? row : newest),
      undefined,
    );
}

const createdAt = (row: Invocation) => instantOf(row.CreationTime) ?? 0;

/** The same name always carries the same token, so that a repeated call starts nothing twice. */
function runParams(request: CommandRequest, region: string) {
  const content = Buffer.from(request.script, 'utf8').toString('base64');
  if (content.length > contentLimit) {
    throw new Error(
      `command ${request.name}: ${content.length} bytes when encoded; at most ${contentLimit} are possible`,
    );
  }
  return {
    RegionId: region,
    Type: 'RunShellScript',
    Name: request.name,
    CommandContent: content,
    ContentEncoding: 'Base64',
    InstanceId: [request.instanceId],
    Timeout: request.timeoutSeconds,
    RepeatMode: 'Once',
    KeepCommand: false,
    TerminationMode: 'ProcessTree',
    ...(request.workingDir !== undefined && { WorkingDir: request.workingDir }),
    ...(request.user !== undefined && { Username: request.user }),
    ClientToken: createHash('sha256').update(request.name).digest('hex'),
  };
}

function stateOf(row: z.infer<typeof Result>): CommandState {
  const startedAt = instantOf(row.StartTime);
  const finishedAt = instantOf(row.FinishedTime);
  return {
    invokeId: row.InvokeId,
    finished: finalStatuses.has(row.InvocationStatus),
    succeeded: row.InvocationStatus === 'Success',
    status: row.InvocationStatus,
    ...(typeof row.ExitCode === 'number' && { exitCode: row.ExitCode }),
    errorCode: row.ErrorCode ?? '',
    output: scrub(Buffer.from(row.Output ?? '', 'base64').toString('utf8')),
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
  };
}

/** Accepted, but no result for the instance is to be seen: it has not begun as far as anybody knows. */
function notYet(row: Invocation): CommandState {
  return {
    invokeId: row.InvokeId,
    finished: false,
    succeeded: false,
    status: row.InvocationStatus,
    errorCode: '',
    output: '',
  };
}

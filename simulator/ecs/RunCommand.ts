import { ApiError } from '../core/call';
import type { Call, Operation } from '../core/call';
import { newId } from '../core/ids';
import type { Instance, World } from '../core/world';
import { invoke } from './assistant/invoke';
import { runScript, type Shell } from './assistant/shell';
import { list, missing, need, needRegion, pairs } from './params';
import { hasTags } from './find';

const largestContent = 24 * 1024;
const largestTimeoutSeconds = 86_400;

/**
 * Creates a command and runs it. One bad instance fails the whole call; a ClientToken that comes again is answered
 * as the first time. https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-runcommand
 */
export const RunCommand: Operation = runCommandWith(runScript);

/** The same operation with another interpreter of scripts. */
export function runCommandWith(shell: Shell): Operation {
  return (world, call) => runCommand(shell, world, call);
}

async function runCommand(shell: Shell, world: World, call: Call): Promise<object> {
  needRegion(call, world.region);
  const { ClientToken: clientToken, ...rest } = call.params;
  const asked = JSON.stringify(Object.entries(rest).sort());
  const known = clientToken === undefined ? undefined : world.tokens.get(`RunCommand/${clientToken}`);
  if (known?.asked === asked) return known.answer;
  if (known !== undefined) {
    throw new ApiError(403, 'IdempotentParameterMismatch', 'The ClientToken was used with other parameters.');
  }
  const { instances, content, timeoutSeconds } = check(world, call);
  const { WorkingDir: workingDir, Username: user } = call.params;
  const answer = { CommandId: newId(world, 'c-hz0'), InvokeId: newId(world, 't-hz0') };
  if (call.params.RepeatMode === 'DryRun') return answer;
  const orders = instances.map((instance) => ({
    invokeId: answer.InvokeId,
    commandId: answer.CommandId,
    name: call.params.Name ?? '',
    content: fill(world, call, instance, answer.InvokeId, content),
    timeoutSeconds,
    clientToken,
    workingDir: workingDir || undefined,
    user: user || undefined,
  }));
  if (clientToken !== undefined) world.tokens.set(`RunCommand/${clientToken}`, { asked, answer });
  for (const [index, order] of orders.entries()) {
    const instance = instances[index]!;
    world.invocations.set(`${order.invokeId}/${instance.id}`, await invoke(world, instance, order, shell));
  }
  return answer;
}

function check(world: World, call: Call): { instances: Instance[]; content: string; timeoutSeconds: number } {
  if (!['RunShellScript', 'RunBatScript', 'RunPowerShellScript'].includes(need(call, 'Type'))) {
    throw new ApiError(404, 'InvalidCmdType.NotFound', 'The specified command type does not exist.');
  }
  if (!['Once', 'DryRun'].includes(call.params.RepeatMode || 'Once')) {
    throw new ApiError(404, 'InvalidRepeatMode.NotFound', 'The specified repeat mode does not exist.');
  }
  const content = decode(need(call, 'CommandContent'), call.params.ContentEncoding);
  const timeoutSeconds = Number(call.params.Timeout ?? 60);
  if (timeoutSeconds > largestTimeoutSeconds) {
    throw new ApiError(403, 'InvalidTimeout.ExceedLimit', 'The specified timeout exceeds the limit.');
  }
  if (!Number.isInteger(timeoutSeconds))
    throw new ApiError(400, 'InvalidParameter', 'The specified parameter "Timeout" is not valid.');
  if ((call.params.Name ?? '').length > 128)
    throw new ApiError(403, 'CmdName.ExceedLimit', 'The length of the command name exceeds the limit.');
  if ((call.params.ClientToken ?? '').length > 64)
    throw new ApiError(400, 'InvalidClientToken.Malformed', 'The specified ClientToken is malformed.');
  checkWhere(call);
  return { instances: theInstances(world, call), content, timeoutSeconds: Math.max(10, timeoutSeconds) };
}

function checkWhere({ params: { WorkingDir = '', Username = '' } }: Call): void {
  if (WorkingDir.length > 200 || (WorkingDir !== '' && !/^([A-Za-z]:)?[/\\]/.test(WorkingDir))) {
    throw new ApiError(
      400,
      'InvalidParameter.WorkingDir',
      'The specified parameter "WorkingDir" is not valid.',
    );
  }
  if (Username.length > 255)
    throw new ApiError(403, 'Username.ExceedLimit', 'The length of the user name exceeds the limit.');
}

/** Anything but Base64 silently means plain text. */
function decode(text: string, encoding: string | undefined): string {
  const bytes = encoding === 'Base64' ? Buffer.from(text, 'base64') : Buffer.from(text);
  if (encoding === 'Base64' && bytes.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, '')) {
    throw new ApiError(400, 'CmdContent.DecodeError', 'The command content cannot be decoded.');
  }
  if (Math.ceil(bytes.length / 3) * 4 > largestContent) {
    throw new ApiError(403, 'CmdContent.ExceedLimit', 'The length of the command content exceeds the limit.');
  }
  return bytes.toString('utf8');
}

function theInstances(world: World, call: Call): Instance[] {
  const ids = list(call, 'InstanceId');
  const tags = pairs(call, 'ResourceTag');
  if (ids.length === 0 && tags.length === 0) throw missing('InstanceId');
  if (ids.length > 100)
    throw new ApiError(403, 'InstanceIds.ExceedLimit', 'The number of instances exceeds the limit.');
  if (ids.length === 0) return [...world.instances.values()].filter((instance) => hasTags(instance, tags));
  return ids.map((id) => {
    const instance = world.instances.get(id);
    if (instance === undefined)
      throw new ApiError(404, 'InvalidInstance.NotFound', 'The specified instances do not exist.');
    return instance;
  });
}

/** Fills `{{name}}` in, without any escaping, when EnableParameter is true. */
function fill(world: World, call: Call, instance: Instance, invokeId: string, content: string): string {
  if (call.params.EnableParameter !== 'true') return content;
  const values: Record<string, string> = {
    ...givenValues(call.params.Parameters || '{}'),
    'ACS::RegionId': world.region,
    'ACS::AccountId': world.account,
    'ACS::InstanceId': instance.id,
    'ACS::InstanceName': instance.name,
    'ACS::InvokeId': invokeId,
  };
  return content.replace(/\{\{\s*([\w:.-]+)\s*\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new ApiError(400, 'Parameter.MissingValue', `The parameter "${name}" has no value.`);
    return value;
  });
}

/** Parameters is a JSON object as text. */
function givenValues(text: string): Record<string, string> {
  try {
    return checkCount(JSON.parse(text) as Record<string, string>);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(
      400,
      'InvalidParameter.Parameters',
      'The specified parameter "Parameters" is not valid.',
    );
  }
}

function checkCount(given: Record<string, string>): Record<string, string> {
  const names = Object.keys(given);
  if (names.length > 10)
    throw new ApiError(403, 'ParameterCount.ExceedLimit', 'The number of parameters exceeds the limit.');
  if (names.some((name) => name.length > 64))
    throw new ApiError(
      403,
      'ParameterKey.ExceedLimit',
      'The length of the parameter name exceeds the limit.',
    );
  return given;
}

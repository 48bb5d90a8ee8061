import { ApiError, type Call, type Operation } from '../core/call';
import { uuid } from '../core/ids';
import type { Caller } from '../core/ram';
import type { Stack } from '../core/stacks';
import type { World } from '../core/world';
import { required } from '../openapi/required';
import { cutOff } from './engine/course';
import { createResources } from './engine/create';
import { toDesign, type Design } from './engine/design';
import { differences } from './engine/differences';
import { deleteResources } from './engine/remove';
import { updateResources } from './engine/update';
import { isDeleted, needIdle, needUpdatable, stackOf } from './find';
import { listed, once, parametersOf, tagsOf, templateBodyOf } from './given';
import { checkTemplate } from './template/check';
import { parseTemplate } from './template/parse';
import { resourceTypes } from './types';

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack */
export const CreateStack: Operation = (world, call) =>
  once(world, call, () => {
    const name = needFreeName(world, call);
    world.serial += 1;
    const id = uuid(`${world.idSeed}/stack/${world.serial}`).toLowerCase();
    const template = templateBodyOf(call);
    const parameters = parametersOf(call);
    const design = checkedDesign(world, template, parameters, { id, name });
    const stack: Stack = {
      id,
      name,
      createdAt: world.now,
      timeoutMinutes: Number(call.params.TimeoutInMinutes ?? 60),
      tags: tagsOf(call),
      template,
      parameters,
      disableRollback: call.params.DisableRollback === 'true',
      actsFor: callerOf(call),
      history: [],
      events: [],
      resources: new Map(),
      outputs: [],
    };
    world.stacks.set(id, stack);
    createResources(world, stack, design);
    return { StackId: id };
  });

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-updatestack */
export const UpdateStack: Operation = (world, call) =>
  once(world, call, () => {
    const stack = stackOf(world, call);
    needIdle(stack, world.now);
    if (isDeleted(stack, world.now)) throw notFound(stack.id);
    needUpdatable(stack, world.now);
    const { template, parameters } = wantedOf(stack, call);
    const design = checkedDesign(world, template, parameters, stack);
    if (template === stack.template && differences(stack, design).every(({ action }) => action === 'None')) {
      throw new ApiError(400, 'NotSupported', 'Update the completely same stack is not supported.');
    }
    const before = designOf(world, stack);
    const replaces = call.params.ReplacementOption === 'Enabled' ? 'Enabled' : 'Disabled';
    const old = { template: stack.template, parameters: stack.parameters };
    const disableRollback = call.params.DisableRollback === 'true';
    const actsFor = callerOf(call);
    Object.assign(stack, { template, parameters, disableRollback, actsFor, updatedAt: world.now });
    updateResources(world, stack, design, before, replaces);
    const end = stack.history.at(-1)!.status;
    if (end.startsWith('ROLLBACK')) Object.assign(stack, old);
    return { StackId: stack.id };
  });

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-deletestack */
export const DeleteStack: Operation = (world, call) => {
  const stack = stackOf(world, call);
  if (isDeleted(stack, world.now)) throw notFound(stack.id);
  needIdle(stack, world.now, true);
  cutOff(stack, world.now);
  stack.actsFor = callerOf(call);
  const retained = listed(call, 'RetainResources');
  const all = call.params.RetainAllResources === 'true';
  deleteResources(
    world,
    stack,
    ({ logicalId, deletionPolicy }) => all || retained.includes(logicalId) || deletionPolicy === 'Retain',
  );
  return {};
};

function callerOf({ caller = { kind: 'user' } }: Call): Caller {
  return caller;
}

function notFound(id: string): ApiError {
  return new ApiError(404, 'StackNotFound', `The Stack (${id}) could not be found.`);
}

function needFreeName(world: World, call: Call): string {
  const name = required(call, 'StackName');
  if (!/^[A-Za-z0-9][\w-]{0,254}$/.test(name)) {
    throw new ApiError(400, 'StackValidationFailed', `The stack name (${name}) is invalid.`);
  }
  const taken = [...world.stacks.values()].some(
    (stack) => stack.name === name && !isDeleted(stack, world.now),
  );
  if (taken) throw new ApiError(409, 'StackExists', `The Stack (${name}) already exists.`);
  return name;
}

/** What an update asks for: another template or the same, and parameters beside those of before when it says so. */
export function wantedOf(stack: Stack, call: Call): Pick<Stack, 'template' | 'parameters'> {
  const keeps = call.params.UsePreviousParameters === 'true';
  const template = call.params.TemplateBody ?? stack.template;
  const known = Object.keys(parseTemplate(template).Parameters);
  const kept = Object.entries(keeps ? stack.parameters : {}).filter(([name]) => known.includes(name));
  return { template, parameters: { ...Object.fromEntries(kept), ...parametersOf(call) } };
}

/** The design that a stack was brought to last. */
function designOf(world: World, stack: Stack): Design {
  return toDesign(world, parseTemplate(stack.template), stack.parameters, stack);
}

/** A design of which everything is known to fit that can be known before anything is made. */
export function checkedDesign(
  world: World,
  text: string,
  parameters: Readonly<Record<string, string>>,
  stack: { readonly id: string; readonly name: string },
): Design {
  const template = parseTemplate(text);
  checkTemplate(template);
  const design = toDesign(world, template, parameters, stack);
  for (const { logicalId, type, properties } of differences(undefined, design)) {
    try {
      resourceTypes[type]!.check(properties);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const message = error.message.replace(
        'Property error: ',
        `Property error: resources.${logicalId}.properties.`,
      );
      throw new ApiError(error.status, error.code, message);
    }
  }
  return design;
}

import { ApiError } from '../core/call';
import type { FunctionTrigger } from '../core/compute';
import type { World } from '../core/world';
import { functionOf, newUuid } from './resources';
import { readTriggerConfig } from './trigger-config';
import { check, invalid, TriggerChange, TriggerSpec, type TriggerChange as Change } from './specs';

const kinds = ['timer', 'mns_topic', 'http', 'oss', 'log', 'tablestore', 'cdn_events'];

/** Makes a trigger. FC 2.0 has none of type eventbridge in API 2016-08-15. */
export function createTrigger(world: World, key: string, spec: TriggerSpec): FunctionTrigger {
  const { triggerName, triggerType, triggerConfig, sourceArn, ...rest } = check(TriggerSpec, spec);
  const { triggers, service } = functionOf(world, key);
  const known = service === undefined ? [...kinds, 'eventbridge'] : kinds;
  if (!known.includes(triggerType)) {
    throw invalid(`triggerType: found ${triggerType}; known: ${known.join(', ')}`);
  }
  if (triggers.has(triggerName)) {
    throw new ApiError(409, 'TriggerAlreadyExists', `trigger '${triggerName}' already exists`);
  }
  const trigger: FunctionTrigger = {
    name: triggerName,
    id: newUuid(world),
    type: triggerType,
    createdAt: world.now,
    modifiedAt: world.now,
    config: readTriggerConfig(triggerType, triggerConfig),
    playedUntil: world.now,
    ...(sourceArn !== undefined && { sourceArn }),
    ...withoutAbsent(rest),
  };
  triggers.set(triggerName, trigger);
  return trigger;
}

/** Changes what is named. A timer counts anew from here. */
export function updateTrigger(world: World, key: string, name: string, change: Change): FunctionTrigger {
  const trigger = triggerOf(world, key, name);
  const { triggerConfig, ...rest } = check(TriggerChange, change);
  if (triggerConfig !== undefined) {
    trigger.config = readTriggerConfig(trigger.type, triggerConfig);
    trigger.playedUntil = world.now;
  }
  return Object.assign(trigger, withoutAbsent(rest), { modifiedAt: world.now });
}

export function removeTrigger(world: World, key: string, name: string): void {
  triggerOf(world, key, name);
  functionOf(world, key).triggers.delete(name);
}

/** The function's trigger of this name, or the refusal `TriggerNotFound`. */
export function triggerOf(world: World, key: string, name: string): FunctionTrigger {
  const trigger = functionOf(world, key).triggers.get(name);
  if (trigger === undefined) {
    throw new ApiError(404, 'TriggerNotFound', `trigger '${name}' does not exist in function '${key}'`);
  }
  return trigger;
}

type Texts = Partial<Record<'invocationRole' | 'description' | 'qualifier', string | undefined>>;

function withoutAbsent(texts: Texts): Partial<Record<keyof Texts, string>> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));
}

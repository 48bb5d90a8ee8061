import * as z from 'zod';
import type { Stack, Stacks, Template } from '../../cli/deploy/ports';
import { CloudError } from '../../engine/ports';
import type { Caller } from '../call';
import { readEvents } from './stack-events';
import { previewChanges } from './stack-preview';

const Id = z.object({ StackId: z.string() });
const Nothing = z.object({});

const Listed = z.object({
  Stacks: z.array(z.object({ StackId: z.string(), StackName: z.string(), Status: z.string() })).nullish(),
});

const Got = z.object({
  StackId: z.string(),
  StackName: z.string(),
  Status: z.string(),
  StatusReason: z.string().nullish(),
  CreateTime: z.string().nullish(),
  UpdateTime: z.string().nullish(),
  Parameters: z
    .array(z.object({ ParameterKey: z.string(), ParameterValue: z.coerce.string().nullish() }))
    .nullish(),
});

const Resources = z.object({
  Resources: z
    .array(
      z.object({
        LogicalResourceId: z.string(),
        ResourceType: z.string(),
        PhysicalResourceId: z.string().nullish(),
        Status: z.string(),
      }),
    )
    .nullish(),
});

/** Stacks of Resource Orchestration Service. https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-overview */
export function createStacks(call: Caller, { region }: { readonly region: string }): Stacks {
  const RegionId = region;
  const get = async (id: string) =>
    readStack(await call.read('ros', 'GetStack', { RegionId, StackId: id }, Got));
  return {
    async find(name) {
      const asked = { RegionId, StackName: [name], PageSize: 50 };
      const { Stacks: listed } = await call.read('ros', 'ListStacks', asked, Listed);
      const found = listed?.find((one) => one.StackName === name && one.Status !== 'DELETE_COMPLETE');
      return found === undefined ? undefined : get(found.StackId);
    },
    get,
    async validate(body) {
      await call.read('ros', 'ValidateTemplate', { RegionId, TemplateBody: body }, Nothing);
    },
    preview: (of, template) => previewChanges(call, { RegionId, ...of }, given(template)),
    async create(name, template, token) {
      const asked = { RegionId, StackName: name, ClientToken: token, ...limits, ...given(template) };
      return (await call.write('ros', 'CreateStack', asked, Id)).StackId;
    },
    async update(id, template, token) {
      const asked = { RegionId, StackId: id, ClientToken: token, ...limits, ...given(template) };
      return unlessSame(call.write('ros', 'UpdateStack', asked, Id));
    },
    async remove(id, keep) {
      await call.write('ros', 'DeleteStack', { RegionId, StackId: id, RetainResources: keep }, Nothing);
    },
    events: (id, known) => readEvents(call, { RegionId, id, known }),
    async resources(id) {
      const { Resources: rows } = await call.read(
        'ros',
        'ListStackResources',
        { RegionId, StackId: id },
        Resources,
      );
      return (rows ?? []).map((row) => ({
        resource: row.LogicalResourceId,
        type: row.ResourceType,
        physicalId: row.PhysicalResourceId ?? '',
        status: row.Status,
      }));
    },
  };
}

/** What fails is rolled back, and nothing takes longer than this. */
const limits = { DisableRollback: false, TimeoutInMinutes: 30 };

function given({ body, parameters }: Template) {
  const pairs = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));
  return { TemplateBody: body, Parameters: pairs };
}

function readStack(got: z.output<typeof Got>): Stack {
  const { StackId, StackName, Status, StatusReason, Parameters } = got;
  const changed = got.UpdateTime ?? got.CreateTime ?? '';
  const changedAt = Date.parse(changed.endsWith('Z') ? changed : `${changed}Z`);
  const pairs = (Parameters ?? []).map((one) => [one.ParameterKey, one.ParameterValue ?? ''] as const);
  return {
    id: StackId,
    name: StackName,
    status: Status,
    parameters: Object.fromEntries(pairs),
    ...(StatusReason && { reason: StatusReason }),
    ...(!Number.isNaN(changedAt) && { changedAt }),
  };
}

/** ROS refuses an update that would change nothing: `NotSupported`, "Update the completely same stack is not supported". */
async function unlessSame(write: Promise<unknown>): Promise<'started' | 'same'> {
  try {
    await write;
    return 'started';
  } catch (error) {
    const isSame = error instanceof CloudError && error.code === 'NotSupported' && /same/.test(error.message);
    if (!isSame) throw error;
    return 'same';
  }
}

import { ApiError, type Operation } from '../core/call';
import { required } from '../openapi/required';
import { differences, requiredBy } from './engine/differences';
import { isDeleted, stackOf } from './find';
import { parametersOf, templateBodyOf } from './given';
import { checkedDesign, wantedOf } from './writes';

/**
 * What creating a stack would make or, with `StackId`, what an update would change.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-previewstack
 */
export const PreviewStack: Operation = (world, call) => {
  const stack = call.params.StackId === undefined ? undefined : stackOf(world, call);
  const name = stack?.name ?? required(call, 'StackName');
  const taken = [...world.stacks.values()].some((each) => each.name === name && !isDeleted(each, world.now));
  if (stack === undefined && taken)
    throw new ApiError(409, 'StackExists', `The Stack (${name}) already exists.`);
  const { template, parameters } = stack
    ? wantedOf(stack, call)
    : { template: templateBodyOf(call), parameters: parametersOf(call) };
  const design = checkedDesign(world, template, parameters, { id: stack?.id ?? '', name });
  const rows = differences(stack, design).map(
    ({ logicalId, type, action, replaces, properties, physicalId }) => ({
      LogicalResourceId: logicalId,
      ResourceType: type,
      Description: design.template.Resources[logicalId]?.Description ?? '',
      Action: action,
      Properties: properties,
      RequiredBy: requiredBy(design, logicalId),
      ...(physicalId !== undefined && action !== 'None' && { PhysicalResourceId: physicalId }),
      ...(action === 'Modify' && { Replacement: replaces ? 'True' : 'False' }),
    }),
  );
  const { Description } = design.template;
  return {
    Stack: {
      StackName: name,
      RegionId: world.region,
      DisableRollback: call.params.DisableRollback === 'true',
      TimeoutInMinutes: Number(call.params.TimeoutInMinutes ?? 60),
      TemplateDescription: typeof Description === 'string' ? Description : '',
      Parameters: Object.entries(design.values).map(([ParameterKey, value]) => ({
        ParameterKey,
        ParameterValue: typeof value === 'string' ? value : JSON.stringify(value),
      })),
      Resources: rows,
    },
  };
};

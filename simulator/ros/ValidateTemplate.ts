import type { Operation } from '../core/call';
import { templateBodyOf } from './given';
import { checkTemplate } from './template/check';
import { parseTemplate } from './template/parse';

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-validatetemplate */
export const ValidateTemplate: Operation = (_world, call) => {
  const template = parseTemplate(templateBodyOf(call));
  checkTemplate(template);
  const resources = Object.entries(template.Resources);
  return {
    Description: typeof template.Description === 'string' ? template.Description : '',
    Parameters: Object.entries(template.Parameters).map(([ParameterKey, { NoEcho, ...parameter }]) => ({
      ParameterKey,
      ...parameter,
      NoEcho: String(NoEcho ?? false),
    })),
    Resources: resources.map(([name, { Type }]) => ({
      ResourcePath: name,
      LogicalResourceIdPattern: name,
      ResourceType: Type,
    })),
    ResourceTypes: { Resources: [...new Set(resources.map(([, { Type }]) => Type))], DataSources: [] },
    Outputs: Object.entries(template.Outputs).map(([OutputKey, { Description = '', Label = '' }]) => ({
      OutputKey,
      Description,
      Label,
    })),
  };
};

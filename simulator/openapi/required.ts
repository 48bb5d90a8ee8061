import { ApiError, type Call } from '../core/call';

/** A parameter that has to be there. https://www.alibabacloud.com/help/en/ram/developer-reference/api-error-codes */
export function required({ params }: Call, name: string): string {
  const value = params[name];
  if (value !== undefined && value !== '') return value;
  throw new ApiError(400, 'MissingParameter', `The parameter ${name} is mandatory for this action.`);
}

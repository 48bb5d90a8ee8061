import { ApiError, type Operation, type Product } from '../core/call';
import { toSeconds } from '../core/time';
import { required } from '../openapi/required';

/**
 * The fleet's `secrets`, each with one version. Another stage than the current one has none.
 * https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-kms-2016-01-20-getsecretvalue
 */
const GetSecretValue: Operation = (world, call) => {
  const SecretName = required(call, 'SecretName');
  const value = world.secrets.get(SecretName);
  const { VersionStage = 'ACSCurrent' } = call.params;
  if (value === undefined || VersionStage !== 'ACSCurrent') {
    throw new ApiError(404, 'Forbidden.ResourceNotFound', 'Resource not found.');
  }
  return {
    SecretName,
    SecretType: 'Generic',
    SecretData: value,
    SecretDataType: 'text',
    VersionId: 'v1',
    VersionStages: { VersionStage: ['ACSCurrent'] },
    CreateTime: toSeconds(world.start),
    AutomaticRotation: 'Disabled',
  };
};

/** Key Management Service, as far as secrets are read. https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-kms-2016-01-20-overview */
export const kms: Product = {
  name: 'kms',
  version: '2016-01-20',
  operations: { GetSecretValue },
  writes: new Set(),
};

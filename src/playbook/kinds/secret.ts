import * as z from 'zod';

/**
 * Where a secret stands, in place of the secret. Names are those that KMS Secrets Manager allows:
 * https://www.alibabacloud.com/help/en/kms/support/api-kms-createsecret
 */
const pattern = /^secret:[A-Za-z0-9_/+=.@-]{1,192}$/;

export const secretExpectation = {
  says: 'a reference such as "secret:NAME", never the secret itself',
  mend: () =>
    '"secret:NAME"; the value belongs into KMS Secrets Manager, or into the environment as FAILOVER_SECRET_NAME',
};

export const SecretReference = z
  .string({ error: secretExpectation.says })
  .regex(pattern, { error: secretExpectation.says });

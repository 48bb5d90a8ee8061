import * as z from 'zod';
import { CloudError } from '../engine/ports';
import type { Millis } from '../event/system-event';
import type { Caller } from './call';
import { hide } from './scrub';

/** Secrets of this process, by name. */
export type KnownSecrets = Map<string, { readonly value: string; readonly until: Millis }>;

export interface SecretsOptions {
  /** Of the account and region of the functions. */
  readonly call: Pick<Caller, 'read'>;
  /** What the environment has under a name. */
  readonly variable: (name: string) => string | undefined;
  readonly known: KnownSecrets;
  readonly now: () => Millis;
}

/** A secret that was changed is noticed after so long. */
const keptMs = 5 * 60_000;
const prefix = 'secret:';

/** https://www.alibabacloud.com/help/en/kms/key-management-service/developer-reference/api-kms-2016-01-20-getsecretvalue */
const SecretAnswer = z.object({
  SecretData: z.string(),
  SecretDataType: z.string().nullish(),
});

/** `FAILOVER_SECRET_FAILOVER_PAGER_URL` for `failover/pager-url`. */
export function variableOf(name: string): string {
  return `FAILOVER_SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

/**
 * What `secret:NAME` stands for: first the environment, then KMS Secrets Manager, kept for some minutes. Whatever it
 * answers is scrubbed from everything that is logged from then on.
 *
 * @returns rejects with a `CloudError` that names the reference, never the value
 */
export function createSecrets({
  call,
  variable,
  known,
  now,
}: SecretsOptions): (reference: string) => Promise<string> {
  const fetchSecret = async (name: string): Promise<string> => {
    const kept = known.get(name);
    if (kept !== undefined && kept.until > now()) return kept.value;
    const answer = await call.read('kms', 'GetSecretValue', { SecretName: name }, SecretAnswer);
    if (answer.SecretDataType === 'binary')
      throw unusable(name, 'SecretIsBinary', 'it is binary; expected text');
    hide(answer.SecretData);
    known.set(name, { value: answer.SecretData, until: now() + keptMs });
    return answer.SecretData;
  };
  return async (reference) => {
    if (!reference.startsWith(prefix)) throw unusable('', 'NoReference', 'expected "secret:NAME"');
    const name = reference.slice(prefix.length);
    const given = variable(variableOf(name));
    if (given !== undefined && given !== '') {
      hide(given);
      return given;
    }
    return fetchSecret(name).catch((error: unknown) => {
      throw error instanceof CloudError ? explained(name, error) : error;
    });
  };
}

function unusable(name: string, code: string, why: string): CloudError {
  return new CloudError(code, `${prefix}${name}: ${why}`, {
    worthRepeating: false,
    mayHaveWorked: false,
    product: 'kms',
    action: 'GetSecretValue',
  });
}

function explained(name: string, error: CloudError): CloudError {
  if (error.message.startsWith(prefix)) return error;
  const text = `${prefix}${name}: there is no ${variableOf(name)} in the environment, and ${error.message}`;
  return new CloudError(error.code, text, error.detail);
}

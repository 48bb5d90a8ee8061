import * as z from 'zod';
import { issueKeys } from '../core/keys';
import type { World } from '../core/world';
import type { Knock } from './knock';

const CredentialsRequest = z.strictObject({ seconds: z.number().int().min(1).default(3600) });

/** Keys of a role's session, as its function or instance would get them; they last by the cloud's clock. */
export function postCredentials(world: World, { body }: Knock): object {
  const { id, secret, token, expiresAt } = issueKeys(world, CredentialsRequest.parse(body).seconds);
  return { accessKeyId: id, accessKeySecret: secret, securityToken: token, expiresAt };
}

import * as z from 'zod';
import { issueKeys } from '../core/keys';
import type { World } from '../core/world';
import type { Knock } from './knock';
import { Refusal } from './refusal';

const CredentialsRequest = z.strictObject({
  seconds: z.number().int().min(1).default(3600),
  role: z.string().optional(),
  sessionName: z.string().default('front-door'),
});

/** Keys of a role's session, as its function or instance would get them; they last by the cloud's clock. Without a role they may do everything. */
export function postCredentials(world: World, { body }: Knock): object {
  const { seconds, role, sessionName } = CredentialsRequest.parse(body);
  if (role !== undefined && !world.roles.has(role.toLowerCase()))
    throw new Refusal(
      `role: found ${role}; expected one of ${[...world.roles.values()].map(({ name }) => name).join(', ')}`,
    );
  const session = role === undefined ? undefined : { account: world.account, role, name: sessionName };
  const { id, secret, token, expiresAt } = issueKeys(world, seconds, session);
  return { accessKeyId: id, accessKeySecret: secret, securityToken: token, expiresAt };
}

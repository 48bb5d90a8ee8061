/** Credentials of a role or a program. Asked for at every call, because a role's expire. */
export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/** A client for the keys of the moment: the same one as long as they stay the same. */
export function clientFor<Client>(
  keys: () => Promise<Keys>,
  make: (keys: Keys) => Client,
): () => Promise<Client> {
  let made: { readonly keys: Keys; readonly client: Client } | undefined;
  return async () => {
    const now = await keys();
    if (
      made?.keys.accessKeyId !== now.accessKeyId ||
      made.keys.accessKeySecret !== now.accessKeySecret ||
      made.keys.securityToken !== now.securityToken
    ) {
      made = { keys: now, client: make(now) };
    }
    return made.client;
  };
}

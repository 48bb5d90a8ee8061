/** The part of the MNS SDK that we use; it ships no types. */
declare module '@alicloud/mns/lib/client.js' {
  interface MnsAnswer {
    readonly code: number;
    readonly body: unknown;
  }
  export default class MNS {
    constructor(
      accountId: string,
      config: {
        endpoint: string;
        accessKeyId: string;
        accessKeySecret: string;
        securityToken?: string;
        readTimeout: number;
        connectTimeout: number;
      },
    );
    batchSendMessage(
      queue: string,
      messages: readonly { readonly MessageBody: string; readonly DelaySeconds: number }[],
    ): Promise<MnsAnswer>;
    batchReceiveMessage(queue: string, count: number, waitSeconds?: number): Promise<MnsAnswer>;
    batchDeleteMessage(queue: string, handles: readonly string[]): Promise<MnsAnswer>;
    getQueueAttributes(queue: string): Promise<MnsAnswer>;
    batchPeekMessage(queue: string, count: number): Promise<MnsAnswer>;
  }
}

/** The part of the SDK of Function Compute 2.0 that we use; it ships no types. */
declare module '@alicloud/fc2' {
  interface FcAnswer {
    readonly headers: Readonly<Record<string, string | undefined>>;
    readonly data: unknown;
  }
  export default class FC {
    constructor(
      accountId: string,
      config: {
        accessKeyID: string;
        accessKeySecret: string;
        securityToken?: string;
        region: string;
        endpoint?: string;
        secure: boolean;
        timeout: number;
      },
    );
    getAccountSettings(): Promise<FcAnswer>;
    getFunction(service: string, name: string): Promise<FcAnswer>;
    getService(service: string): Promise<FcAnswer>;
    listTriggers(service: string, name: string, options: object): Promise<FcAnswer>;
    updateFunction(service: string, name: string, options: object): Promise<FcAnswer>;
    invokeFunction(
      service: string,
      name: string,
      event: string,
      headers: Readonly<Record<string, string>>,
    ): Promise<FcAnswer>;
  }
}

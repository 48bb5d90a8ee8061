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
  }
}

import * as z from 'zod';
import type { Functions, Invoked } from '../../cli/deploy/ports';
import { CloudError } from '../../engine/ports';
import type { Fc2 } from './fc2-client';
import { tail } from './log-tail';

const Got = z.object({
  runtime: z.string(),
  codeChecksum: z.coerce.string(),
  lastModifiedTime: z.string().optional(),
});

/** Functions of Function Compute 2.0. https://www.alibabacloud.com/help/en/functioncompute/fc-2-0/developer-reference/api-overview */
export function createFc2Functions(fc2: Fc2): Functions {
  return {
    async get({ service, name }) {
      try {
        const { data } = await fc2.use('GetFunction', 'read', (client) => client.getFunction(service, name));
        const { runtime, codeChecksum, lastModifiedTime } = Got.parse(data);
        return {
          runtime,
          checksum: codeChecksum,
          ...(lastModifiedTime !== undefined && { changedAt: lastModifiedTime }),
        };
      } catch (error) {
        if (error instanceof CloudError && /^(Function|Service)NotFound$/.test(error.code)) return undefined;
        throw error;
      }
    },
    async invoke({ service, name }, payload): Promise<Invoked> {
      const headers = { 'x-fc-invocation-type': 'Sync', 'x-fc-log-type': 'Tail' };
      const answer = await fc2.use('InvokeFunction', 'write', (client) =>
        client.invokeFunction(service, name, payload, headers),
      );
      const { data } = answer;
      const errorType = answer.headers['x-fc-error-type'];
      return {
        body: typeof data === 'string' ? data : JSON.stringify(data),
        log: tail(answer.headers['x-fc-log-result']),
        requestId: answer.headers['x-fc-request-id'] ?? '',
        ...(errorType !== undefined && { errorType }),
      };
    },
    async updateCode({ service, name }, bucket, key) {
      await fc2.use('UpdateFunction', 'write', (client) =>
        client.updateFunction(service, name, { code: { ossBucketName: bucket, ossObjectName: key } }),
      );
    },
  };
}

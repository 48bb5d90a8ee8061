import * as z from 'zod';
import type { Functions, Invoked } from '../../cli/deploy/ports';
import { CloudError } from '../../engine/ports';
import { askAgain } from '../refusal';
import type { Fc3 } from './fc3-call';
import { tail } from './log-tail';

const Got = z.object({
  runtime: z.string(),
  codeChecksum: z.coerce.string(),
  lastModifiedTime: z.string().optional(),
});

/** Functions of Function Compute 3.0. https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/developer-reference/api-fc-2023-03-30-overview */
export function createFc3Functions(fc3: Fc3): Functions {
  return {
    async get({ name }) {
      try {
        const path = `/functions/${name}`;
        const { text } = await askAgain(() => fc3({ action: 'GetFunction', method: 'GET', path }));
        const { runtime, codeChecksum, lastModifiedTime } = Got.parse(JSON.parse(text));
        return {
          runtime,
          checksum: codeChecksum,
          ...(lastModifiedTime !== undefined && { changedAt: lastModifiedTime }),
        };
      } catch (error) {
        if (error instanceof CloudError && error.code === 'FunctionNotFound') return undefined;
        throw error;
      }
    },
    async invoke({ name }, payload): Promise<Invoked> {
      const { headers, text } = await fc3({
        action: 'InvokeFunction',
        method: 'POST',
        path: `/functions/${name}/invocations`,
        headers: {
          'content-type': 'application/octet-stream',
          'x-fc-invocation-type': 'Sync',
          'x-fc-log-type': 'Tail',
        },
        body: payload,
      });
      const errorType = headers.get('x-fc-error-type');
      return {
        body: text,
        log: tail(headers.get('x-fc-log-result')),
        requestId: headers.get('x-fc-request-id') ?? headers.get('x-acs-request-id') ?? '',
        ...(errorType !== null && { errorType }),
      };
    },
    async updateCode({ name }, bucket, key) {
      const code = { ossBucketName: bucket, ossObjectName: key };
      await fc3({
        action: 'UpdateFunction',
        method: 'PUT',
        path: `/functions/${name}`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
      });
    },
  };
}

import type { Successor } from '../../engine/ports';
import { openFc2, type FunctionsOptions } from './fc2-client';

/**
 * A fresh asynchronous invocation of a function of Function Compute 2.0. It is only accepted here, and runs on its
 * own. https://www.alibabacloud.com/help/en/functioncompute/fc-2-0/user-guide/asynchronous-invocation-overview
 */
export function createSuccessor(
  options: FunctionsOptions & { readonly service: string; readonly name: string },
): Successor {
  const fc2 = openFc2(options);
  return {
    async begin() {
      await fc2.use('InvokeFunction', 'write', (client) =>
        client.invokeFunction(options.service, options.name, 'handed on', {
          'x-fc-invocation-type': 'Async',
        }),
      );
    },
  };
}

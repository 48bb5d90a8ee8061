import * as z from 'zod';
import type { Change } from '../../cli/deploy/ports';
import type { Caller } from '../call';

const Preview = z.object({
  Stack: z.object({
    Resources: z
      .array(
        z.object({
          LogicalResourceId: z.string(),
          ResourceType: z.string(),
          /** Absent where a stack is to be created. */
          Action: z.enum(['Add', 'Modify', 'Remove', 'None']).catch('Add').optional(),
          Replacement: z.union([z.string(), z.boolean()]).transform(String).nullish(),
        }),
      )
      .nullish(),
  }),
});

type Row = NonNullable<z.output<typeof Preview>['Stack']['Resources']>[number];

/**
 * What a template would change, without changing it: of a new stack by its name, of an existing one by its id.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-previewstack
 */
export async function previewChanges(
  call: Caller,
  of: { readonly RegionId: string; readonly name: string; readonly id?: string },
  template: object,
): Promise<readonly Change[]> {
  const { RegionId, name, id } = of;
  const which = id === undefined ? { StackName: name } : { StackId: id };
  const { Stack } = await call.read('ros', 'PreviewStack', { RegionId, ...which, ...template }, Preview);
  return (Stack.Resources ?? []).flatMap((row) => {
    const act = actOf(row);
    return act === undefined ? [] : [{ resource: row.LogicalResourceId, type: row.ResourceType, act }];
  });
}

function actOf({ Action = 'Add', Replacement }: Row): Change['act'] | undefined {
  switch (Action) {
    case 'Add':
      return 'create';
    case 'Remove':
      return 'remove';
    case 'None':
      return undefined;
    case 'Modify':
      if (Replacement === 'Conditional') return 'perhaps';
      return /^true$/i.test(Replacement ?? '') ? 'replace' : 'modify';
  }
}

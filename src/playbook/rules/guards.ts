import { Guard } from '../configuration';
import { partOf, type Rule } from '../draft';
import { sayShare, type Share } from '../percentage';

/** A guard that never lets anybody out, whatever the size of the pool, is a mistake and not a guard. */
export const guardsLetSomebodyOut: Rule = ({ pools }) =>
  pools.flatMap((draft) => {
    const path = (key: string) => ['spec', 'guard', key];
    const minHealthy = partOf(draft, path('minHealthy'), Guard.shape.minHealthy);
    const all = minHealthy !== undefined && 'percent' in minHealthy && minHealthy.percent === 100;
    const none = (['maxOut', 'maxOutPerZone'] as const).flatMap((key) => {
      const share = partOf(draft, path(key), Guard.shape[key]);
      if (share === undefined || !/^0%?$/.test(sayShare(share))) return [];
      return {
        draft,
        path: path(key),
        at: 'value' as const,
        message: `${key} ${sayShare(share)} comes to 0 members: nobody may ever go out`,
        suggestion: 'write 1 or more; to stop all work in this pool, write mode: observe',
      };
    });
    if (!all) return none;
    const message = 'minHealthy 100% never lets a member out';
    const suggestion = 'write less, such as "75%" (rounded up)';
    return [...none, { draft, path: path('minHealthy'), at: 'value', message, suggestion }];
  });

/** The floor for emergencies lies below the line for planned work. Shares of different kinds cannot be compared. */
export const floorsAreBelow: Rule = ({ pools }) =>
  pools.flatMap((draft) => {
    const path = ['spec', 'guard', 'hardFloor'];
    const floor = partOf(draft, path, Guard.shape.hardFloor);
    const line = partOf(draft, ['spec', 'guard', 'minHealthy'], Guard.shape.minHealthy);
    if (floor === undefined || line === undefined || amount(floor, line) <= amount(line, floor)) return [];
    const message = `hardFloor ${sayShare(floor)} is more than minHealthy ${sayShare(line)}`;
    const suggestion = 'write less: where planned work may go, an emergency may go too';
    return { draft, path, at: 'value', message, suggestion };
  });

function amount(share: Share, other: Share): number {
  if ('percent' in share) return 'percent' in other ? share.percent : 0;
  return 'count' in other ? share.count : 0;
}

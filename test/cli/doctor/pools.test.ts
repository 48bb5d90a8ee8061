import { web1 } from '../../support/story-fleet';
import { diagnose, named } from './patients';

describe('of pools the doctor finds', () => {
  it('a pool that no playbook answers for', async () => {
    const found = await diagnose({
      documents: (documents) => {
        const spare = structuredClone(documents.pool);
        spare.metadata.name = 'spare';
        Object.assign(documents, { spare });
      },
    });
    expect(named(found)).toEqual(['pool-unanswered spare']);
  });

  it('a member that is the last server of a group', async () => {
    const found = await diagnose({
      fleet: (fleet) => ({
        ...fleet,
        loadBalancers: fleet.loadBalancers?.map((one) => ({
          ...one,
          vServerGroups: [
            ...(one.vServerGroups ?? []),
            { id: 'rsp-bp1web9443', backends: [{ server: web1, port: 9443 }] },
          ],
        })),
      }),
    });
    expect(named(found)).toEqual([`member-is-last-in-group ${web1}`]);
  });
});

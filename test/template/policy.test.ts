import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { withPolicy } from '../../src/cli/permissions/template-policy';
import { resourcesOf } from '../../src/cli/rehearse/template';
import { stepTypes } from '../../src/steps';

const text = readFileSync(join(__dirname, '../../template.yml'), 'utf8');
const Role = z.object({
  Policies: z.array(
    z.object({
      PolicyDocument: z.object({
        Version: z.literal('1'),
        Statement: z.array(
          z.strictObject({
            Effect: z.literal('Allow'),
            Action: z.array(z.string()),
            Resource: z.array(z.string()),
          }),
        ),
      }),
    }),
  ),
});
const given = {
  StateBucket: 'failover-state-1690700000000030-cn-hangzhou',
  'ALIYUN::Region': 'cn-hangzhou',
  'ALIYUN::TenantId': '1690700000000030',
};
const [role] = resourcesOf(text, given)('ALIYUN::RAM::Role', Role);
const [{ PolicyDocument: policy }] = role!.Policies as [z.output<typeof Role>['Policies'][number]];

describe('the policy of the functions in template.yml', () => {
  it('is what the steps and the engine declare; if not, `npm run template` writes it', () => {
    expect(parse(text)).toEqual(parse(withPolicy(text)));
  });

  it('has every action of every step type', () => {
    const granted = policy.Statement.flatMap(({ Action }) => Action);
    const declared = [...stepTypes.values()].flatMap(({ permissions }) => permissions);
    expect(declared.filter((action) => !granted.includes(action))).toEqual([]);
  });

  it('grants no whole product, and writes on everything only where RAM honours nothing narrower', () => {
    const granted = policy.Statement.flatMap(({ Action }) => Action);
    expect(granted.filter((action) => action.includes('*'))).toEqual([]);
    const onAnything = policy.Statement.filter(({ Resource }) => Resource.includes('*'));
    const writes = onAnything
      .flatMap(({ Action }) => Action)
      .filter((action) => !/:(Describe|List|Get|Query)/.test(action));
    expect(writes).toEqual([
      'ecs:AcceptInquiredSystemEvent',
      'ecs:ModifySystemEventAttribute',
      'ess:EnterStandby',
      'ess:ExitStandby',
      'ess:SetInstancesProtection',
      'pvtz:SetZoneRecordStatus',
    ]);
  });

  it('lets nobody delete a journal, a backup, or a version of the playbooks', () => {
    const deleting = policy.Statement.filter(({ Action }) => Action.includes('oss:DeleteObject'));
    expect(deleting.map(({ Resource }) => Resource)).toEqual([
      ['acs:oss:*:*:failover-state-1690700000000030-cn-hangzhou/open/*'],
    ]);
  });

  it('lets no function write what teams edit', () => {
    const writing = policy.Statement.filter(({ Action }) => Action.includes('oss:PutObject'));
    expect(writing.flatMap(({ Resource }) => Resource)).toEqual([
      'acs:oss:*:*:failover-state-1690700000000030-cn-hangzhou/journals/*',
      'acs:oss:*:*:failover-state-1690700000000030-cn-hangzhou/open/*',
      'acs:oss:*:*:failover-state-1690700000000030-cn-hangzhou/config/*',
      'acs:oss:*:*:failover-backups/diagnostics/*',
    ]);
  });

  it('is short enough for RAM', () => {
    // https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-createpolicy
    expect(JSON.stringify(policy).length).toBeLessThan(6144);
  });
});

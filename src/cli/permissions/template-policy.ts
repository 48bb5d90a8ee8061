import { stringify } from 'yaml';
import { everyPermission } from '../../engine/permissions/needed';
import { policyOf } from '../../engine/permissions/policy';
import { stepTypes } from '../../steps';

const begin =
  '            # Written by `npm run template` from what the steps and the engine declare, to the mark below.\n';
const end = '  # So much for the policy.\n';

/** The template with the policy of its role written anew: whatever any playbook may need. */
export function withPolicy(template: string): string {
  const [before, rest, ...more] = template.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`template.yml: expected one "${begin.trim()}" and behind it "${end.trim()}"`);
  }
  return `${before}${begin}${indented(statements())}${end}${after}`;
}

/** Statements as the template has them: what names parameters is filled in by ROS. */
function statements(): string {
  const { Statement } = policyOf(everyPermission(stepTypes, where));
  const filled = Statement.map((one) => onlyFor(one, { ...one, Resource: one.Resource.map(filledIn) }));
  return stringify({ Statement: filled }, { lineWidth: 0, defaultStringType: 'PLAIN' });
}

/** Only functions of 2.0 hand over. */
function onlyFor({ Action }: { readonly Action: readonly string[] }, statement: object): object {
  if (!Action.includes('fc:InvokeFunction')) return statement;
  return { 'Fn::If': ['Fc2', statement, { Ref: 'ALIYUN::NoValue' }] };
}

const where = {
  account: '${ALIYUN::TenantId}',
  region: '${ALIYUN::Region}',
  queue: '${NamePrefix}-runs',
  bucket: '${StateBucket}',
  successor: 'services/${NamePrefix}*/functions/${NamePrefix}-advance',
  logs: 'project/${NamePrefix}-logs-${ALIYUN::TenantId}/logstore/functions',
  backups: '${BackupBucket}/*',
  roles: 'acs:ram::*:role/${NamePrefix}-*',
  secrets: 'acs:kms:${ALIYUN::Region}:${ALIYUN::TenantId}:secret/${NamePrefix}/*',
};

function filledIn(resource: string): unknown {
  return resource.includes('${') ? { 'Fn::Sub': resource } : resource;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(12));
}

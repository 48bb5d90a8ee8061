import type { Places, TrafficPlace } from '../../playbook/kinds/traffic';
import type { Permission, Whereabouts } from './permission';

/** What a step works on. */
export interface Scope {
  readonly where: Pick<Whereabouts, 'account' | 'region'>;
  /** Of the pool's members; undefined: of any instance. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Where writes to load balancers and DNS go; undefined: anywhere. */
  readonly places?: Places;
  /** Bucket and folder in which backups are read back. */
  readonly backups: readonly string[];
  /** Bucket and folder in which diagnostics are kept. */
  readonly diagnostics: readonly string[];
}

const reads = /:(Describe|List|Get|Query)/;

/**
 * An action on resources as narrow as RAM honours them. Describe and List calls cannot be narrowed; writes to instances
 * honour the instance's tags. A write to a CLB instance's backends is judged on the CLB instance and on the ECS instance.
 * https://www.alibabacloud.com/help/en/ram/user-guide/policy-elements
 */
export function permitted(action: string, scope: Scope): readonly Permission[] {
  const product = action.slice(0, action.indexOf(':'));
  if (action === 'oss:GetObject') return [{ action, on: scope.backups.map(objects) }];
  if (action === 'oss:PutObject') return [{ action, on: scope.diagnostics.map(objects) }];
  // Unlike the lists of Describe calls, these show one instance.
  if (action.startsWith('ecs:GetInstance')) return [{ action, on: [instances(scope)] }];
  if (reads.test(action)) return [{ action, on: ['*'] }];
  switch (product) {
    case 'ecs':
      return onInstances(action, scope);
    case 'slb':
      return [{ action, on: [...balancers(scope), instances(scope)] }];
    case 'alb':
    case 'nlb':
      return [{ action, on: serverGroups(product, scope) }];
    case 'alidns':
      return [{ action, on: domains(scope) }];
    default:
      // Auto Scaling's groups are known only when a member is met; of PrivateZone no narrower form is documented.
      return [{ action, on: ['*'] }];
  }
}

function onInstances(action: string, scope: Scope): readonly Permission[] {
  // They name an event: whether ARN and tags of its instance count is not documented.
  if (/:(AcceptInquiredSystemEvent|ModifySystemEventAttribute)$/.test(action)) return [{ action, on: ['*'] }];
  // Judged on the disk and on the snapshot that is made; neither has the tags of the instance.
  if (action === 'ecs:CreateSnapshot') {
    return [{ action, on: [arn('ecs', scope, 'disk/*'), arn('ecs', scope, 'snapshot/*')] }];
  }
  const members: Permission = { action, on: [instances(scope)], ...(scope.tags && { tags: scope.tags }) };
  if (action !== 'ecs:RunCommand') return [members];
  // Judged on the command too, and a command has no tags.
  return [members, { action, on: [arn('ecs', scope, 'command/*')] }];
}

function balancers(scope: Scope): readonly string[] {
  const names = named(scope, (place) => (place.kind === 'clb' ? place.loadBalancer : undefined));
  return names.map((name) => arn('slb', scope, `loadbalancer/${name}`));
}

function serverGroups(kind: 'alb' | 'nlb', scope: Scope): readonly string[] {
  const names = named(scope, (place) => (place.kind === kind ? place.serverGroup : undefined));
  return names.map((name) => arn(kind, scope, `servergroup/${name}`));
}

/** https://www.alibabacloud.com/help/en/dns/ram-resource-authorization: no region in it */
function domains(scope: Scope): readonly string[] {
  const names = named(scope, (place) => (place.kind === 'dns' ? place.domain : undefined));
  return names.map((name) => `acs:alidns:*:${scope.where.account}:domain/${name}`);
}

/** What the places name, or `*` where any may be meant. */
function named({ places }: Scope, nameOf: (place: TrafficPlace) => string | undefined): readonly string[] {
  if (places === undefined || places === 'discover') return ['*'];
  return [...new Set(places.map(nameOf).filter((name) => name !== undefined))];
}

function objects(path: string): string {
  return `acs:oss:*:*:${path}`;
}

function instances(scope: Scope): string {
  return arn('ecs', scope, 'instance/*');
}

function arn(product: string, { where: { region, account } }: Scope, resource: string): string {
  return `acs:${product}:${region}:${account}:${resource}`;
}

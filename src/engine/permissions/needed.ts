import type { Site } from '../../event/site';
import type { Configuration } from '../../playbook/configuration';
import { Places } from '../../playbook/kinds/traffic';
import { sitesOf } from '../../playbook/sites';
import type { PlanStep } from '../../run/run';
import type { StepTypes } from '../hop';
import { answersDisks } from '../sweep-sites';
import { framePermissions, lookPermissions } from './frame';
import type { Permission, Whereabouts } from './permission';
import { possiblePlans, type Possible } from './plans';
import { permitted } from './resources';

/**
 * What the functions need for these playbooks, and nothing beyond; each permission once. Of other accounts they only
 * assume the roles.
 */
export function neededPermissions(
  configuration: Configuration,
  steps: StepTypes,
  where: Whereabouts,
): readonly Permission[] {
  const sites = sitesOf(configuration.settings.spec);
  const roles = sites.flatMap(({ role }) => role ?? []);
  const secrets = sites.flatMap(({ externalId }) => externalId?.replace(/^secret:/, '') ?? []);
  return distinct([
    ...framePermissions(where),
    ...(sites.some(({ role }) => role === undefined) ? lookPermissions(answersDisks(configuration)) : []),
    ...ofPlans(configuration, steps, ({ role }) => role === undefined),
    ...roles.map((role) => ({ action: 'sts:AssumeRole', on: [role] })),
    ...secrets.map((name) => ({ action: 'kms:GetSecretValue', on: [secretArn(where, name)] })),
  ]);
}

/** What the role in another account needs, which the functions assume there. */
export function permissionsOfRole(
  configuration: Configuration,
  steps: StepTypes,
  account: string,
): readonly Permission[] {
  const there = ofPlans(configuration, steps, (site) => site.account === account && site.role !== undefined);
  return distinct([...lookPermissions(answersDisks(configuration)), ...there]);
}

function ofPlans(
  configuration: Configuration,
  steps: StepTypes,
  isMeant: (site: Site) => boolean,
): readonly Permission[] {
  return possiblePlans(configuration)
    .filter(({ site }) => isMeant(site))
    .flatMap((possible) => {
      const { plan } = possible;
      return [...plan.steps, ...(plan.ladder ?? [])].flatMap((step) => ofStep(step, possible, steps));
    });
}

function secretArn({ region, account }: Whereabouts, name: string): string {
  return `acs:kms:${region}:${account}:secret/${name}`;
}

/** Of what no installation knows beforehand which playbooks will name it: as much as a pattern may cover. */
interface Widest extends Whereabouts {
  /** Bucket and folder of backups. */
  readonly backups: string;
  /** Roles of other accounts and secrets, by ARN. */
  readonly roles: string;
  readonly secrets: string;
}

/** What they need for any playbook that could be written: all step types, wherever they may work. */
export function everyPermission(steps: StepTypes, where: Widest): readonly Permission[] {
  // Settings may name further regions of the account.
  const { backups } = where;
  // Never where backups are: nobody is to write over them.
  const diagnostics = [backups.replace(/\*$/, 'diagnostics/*')];
  const scope = { where: { ...where, region: '*' }, backups: [backups], diagnostics };
  const ofSteps = [...steps.values()].flatMap(({ permissions }) =>
    permissions.flatMap((action) => permitted(action, scope)),
  );
  return distinct([
    ...framePermissions(where),
    ...lookPermissions(true),
    ...ofSteps,
    { action: 'sts:AssumeRole', on: [where.roles] },
    { action: 'kms:GetSecretValue', on: [where.secrets] },
  ]);
}

function ofStep(step: PlanStep, { plan, pool, site, code }: Possible, steps: StepTypes) {
  const type = steps.get(step.use);
  if (type === undefined) throw new Error(`plan of ${plan.playbook}: no step type "${step.use}"`);
  const actions = type.needs?.(step.parameters, code) ?? type.permissions;
  const scope = {
    where: site,
    tags: pool.spec.members.tags,
    ...placesIn(step),
    backups: folderIn(step),
    diagnostics: folderIn(step),
  };
  return actions.flatMap((action) => permitted(action, scope));
}

/** Auto Scaling may have registered the instance in groups that no pool names. */
function placesIn({ use, parameters }: PlanStep): { readonly places?: Places } {
  if (use === 'enter-standby' || use === 'leave-standby') return {};
  const places = Places.safeParse(parameters['places']);
  return places.success ? { places: places.data } : {};
}

function folderIn({ parameters }: PlanStep): readonly string[] {
  const { to } = parameters as { readonly to?: { readonly bucket: string; readonly prefix: string } };
  return to === undefined ? [] : [`${to.bucket}/${to.prefix}*`];
}

function distinct(permissions: readonly Permission[]): readonly Permission[] {
  return [...new Map(permissions.map((one) => [JSON.stringify(one), one])).values()];
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exits } from '../exits';
import { projectFolder } from '../places';
import { openScreen, table, type Screen } from '../screen';
import { connectToCloud, type Where } from './connect-to-cloud';
import { deploy, type Deployed } from './deploy';
import { destroy } from './destroy';
import { findInstallation, theInstallation } from './find-installation';
import { builtCode, readBuiltCode, readLocalCode } from './local-code';
import type { OneFunction } from './names';
import type { Generation } from './ports';
import { readPlaybooks } from './push-playbooks';
import { isBroken } from './stack-state';
import { readStatus } from './status';
import { statusPage } from './status-page';
import { openTerminal, watching } from './terminal';
import { updateCode } from './update-code';

export interface Flags extends Where {
  readonly json?: boolean;
}

export interface DeployFlags extends Flags {
  readonly generation: Generation | 'auto';
  readonly set: Readonly<Record<string, string>>;
  readonly code?: string;
  readonly playbooks?: string;
  readonly createRoles?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly selfTest: boolean;
  readonly codeOnly?: boolean;
}

/** Deploys, prints what came of it, and answers the exit code. */
export async function runDeploy(
  flags: DeployFlags,
  { mustExist }: { readonly mustExist: boolean },
): Promise<number> {
  const screen = screenOf(flags);
  const code = readLocalCode(flags.code ?? builtCode);
  const { deployment, endpoint } = await connectToCloud(flags);
  if (flags.codeOnly === true) {
    const { exit, says } = await updateCode(
      deployment,
      await theInstallation(deployment, flags.prefix),
      code,
    );
    print(flags, screen, { exit, says }, [says]);
    return exit;
  }
  const { createRoles = false, dryRun = false, yes = false, prefix, generation, set, selfTest } = flags;
  const wanted = {
    ...{ prefix, generation, set, code, mustExist, createRoles, dryRun, selfTest },
    template: readFileSync(join(projectFolder, 'template.yml'), 'utf8'),
    ...(endpoint !== undefined && { endpoint }),
    ...(flags.playbooks !== undefined && { playbooks: readPlaybooks(flags.playbooks, deployment.now()) }),
  };
  const deployed = await watching(() => deploy(deployment, wanted, openTerminal(screen, { yes })));
  print(flags, screen, deployed, deployedPage(deployed, flags));
  return deployed.exit;
}

function deployedPage({ exit, problems, applied, trials = [] }: Deployed, flags: Where): readonly string[] {
  return [
    ...trials.filter(({ ok }) => ok).map(({ what, says }) => `tried: ${what}: ${says}`),
    ...problems,
    ...(exit === exits.good && applied?.end === 'done' ? ['', 'next:', ...next(flags)] : []),
  ];
}

/** Commands as they can be copied, with the flags that were needed for this one. */
function next({ prefix, region, endpoint }: Where): readonly string[] {
  const flags = [
    ...(prefix === 'failover' ? [] : [`--prefix ${prefix}`]),
    ...(region === undefined ? [] : [`--region ${region}`]),
    ...(endpoint === undefined ? [] : [`--endpoint ${endpoint}`]),
  ];
  const rows = [
    ['bring playbooks', 'push <playbooks>'],
    ['what would make a playbook fail', 'doctor'],
    ['what is installed, and how it is', 'status'],
  ];
  const commands = rows.map(([what = '', verb = '']) => [what, ['ecs-failover', verb, ...flags].join(' ')]);
  return table(commands)
    .split('\n')
    .map((line) => `  ${line}`);
}

/** Tells what is installed. Exit 1 when nothing is, or the stack is not complete. */
export async function runStatus(flags: Flags, screen: Screen): Promise<number> {
  const { deployment } = await connectToCloud(flags);
  const installation = await findInstallation(deployment, flags.prefix);
  if (installation === undefined) {
    const says = `there is no stack ${flags.prefix} in ${deployment.region}`;
    screen.print(flags.json === true ? JSON.stringify({ stack: null, says }) : says);
    return exits.failed;
  }
  const status = await readStatus(deployment, installation, readBuiltCode());
  if (flags.json === true) screen.print(JSON.stringify(status));
  else for (const line of statusPage(status, deployment.now(), screen.paint)) screen.print(line);
  return isBroken({ status: status.state }) ? exits.failed : exits.good;
}

export interface DestroyFlags extends Flags {
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly deleteJournals?: boolean;
  readonly yesDelete?: string;
}

/** Takes an installation down and tells what stays. */
export async function runDestroy(flags: DestroyFlags): Promise<number> {
  const screen = screenOf(flags);
  const { yes = false, force = false, deleteJournals = false, yesDelete, prefix } = flags;
  const { deployment } = await connectToCloud(flags);
  const installation = await theInstallation(deployment, prefix);
  const wanted = { prefix, force, deleteJournals, ...(yesDelete !== undefined && { yesDelete }) };
  const destroyed = await watching(() =>
    destroy(deployment, installation, wanted, openTerminal(screen, { yes })),
  );
  const stays = destroyed.stays.map((what) => `  ${what}`);
  print(flags, screen, destroyed, [
    ...destroyed.problems,
    ...(destroyed.exit === exits.good ? ['removed; what stays:', ...stays] : []),
  ]);
  return destroyed.exit;
}

/** Calls one function. Exit 1 when the function failed. */
export async function runInvoke(
  name: OneFunction,
  { payload, ...flags }: Flags & { readonly payload: string },
  screen: Screen,
): Promise<number> {
  const { deployment } = await connectToCloud(flags);
  const { names, generation } = await theInstallation(deployment, flags.prefix);
  const answer = await deployment.functions.invoke(names.functionOf(name, generation), payload);
  if (flags.json === true) screen.print(JSON.stringify(answer));
  else {
    if (answer.log !== '') screen.print(answer.log.trimEnd());
    if (answer.errorType !== undefined) screen.print(screen.paint.red(answer.errorType));
    screen.print(answer.body);
  }
  return answer.errorType === undefined ? exits.good : exits.failed;
}

/** With --json people read standard error, and standard output has the object alone. */
function screenOf({ json = false }: Flags): Screen {
  return openScreen(json ? process.stderr : process.stdout);
}

function print({ json = false }: Flags, screen: Screen, value: object, lines: readonly string[]): void {
  for (const line of lines) screen.print(line);
  if (json) openScreen(process.stdout).print(JSON.stringify(value));
}

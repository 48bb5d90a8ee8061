import { openClinic } from '../../cloud/doctor/open-clinic';
import { machine } from '../../connect';
import { acceptedConfiguration } from '../../engine/configuration/in-force';
import { CloudError, type World } from '../../engine/ports';
import { connectToAccount } from '../account';
import { askForYes } from '../ask';
import { exits } from '../exits';
import { connectToCloud, type Where } from '../deploy/connect-to-cloud';
import { findInstallation } from '../deploy/find-installation';
import { readPlaybooks } from '../deploy/push-playbooks';
import { readBuiltCode } from '../deploy/local-code';
import { namesOf } from '../deploy/names';
import { usualPlaybooks } from '../places';
import type { Screen } from '../screen';
import { checks } from './checks';
import { examine } from './examine';
import type { Finding } from './finding';
import { installationOf } from './installation';
import { mend, sayFixes } from './mend';
import { doctorPage, summary } from './page';
import { openPatient, type Facts, type Patient } from './patient';

export interface DoctorOptions extends Where {
  readonly playbooks?: string;
  readonly fix?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Looks at everything that would make a playbook fail, and mends what it may. Answers the exit code. */
export async function doctor(options: DoctorOptions, screen: Screen): Promise<number> {
  const patient = await meet(options);
  let findings = await look(patient, screen);
  const fixable = findings.filter(({ fix }) => fix !== undefined);
  if (options.fix === true && fixable.length > 0 && (await agreed(fixable, options, screen))) {
    await mend(fixable, patient.clinic);
    findings = await look(patient, screen);
  }
  if (options.json === true) process.stdout.write(`${JSON.stringify({ findings, checks: checks.length })}\n`);
  else {
    for (const line of doctorPage(findings, screen.paint)) screen.print(line);
    screen.print(summary(findings, checks.length));
    if (options.fix !== true && fixable.length > 0) {
      screen.print(`--fix would ${sayFixes(fixable).join('; ')}`);
    }
  }
  return findings.some(({ severity }) => severity === 'error') ? exits.blocked : exits.good;
}

/** The installation that the stack of the prefix is; without a stack the one that the environment names. */
async function meet({ playbooks, prefix, region, endpoint }: DoctorOptions): Promise<Patient> {
  const where = {
    prefix,
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  };
  const { deployment, endpoint: address } = await connectToCloud(where);
  const found = await findInstallation(deployment, prefix);
  const { account } = deployment.caller;
  const { stateBucket } = namesOf(prefix, account, deployment.region);
  const connection = await connectToAccount({
    FAILOVER_QUEUE: `${prefix}-runs`,
    FAILOVER_BUCKET: stateBucket,
    ...machine.environment,
    ...(found !== undefined && { FAILOVER_QUEUE: `${prefix}-runs`, FAILOVER_BUCKET: found.stateBucket }),
    FAILOVER_ACCOUNT: account,
    FAILOVER_REGION: deployment.region,
    FAILOVER_ENDPOINT: address,
  });
  const { world, access, queue, bucket } = connection;
  const now = world.now();
  const facts = {
    now,
    machineNow: machine.now(),
    ...(await readConfiguration(world, playbooks)),
    installation: installationOf({
      ...{ prefix, account, queue, bucket },
      region: deployment.region,
      generation: found?.generation ?? 'fc3',
    }),
    built: readBuiltCode(),
  };
  return openPatient(facts, world, openClinic(access));
}

/** The folder that was named, or else what the functions work with, or else the folder that lies here. */
async function readConfiguration(
  world: World,
  folder: string | undefined,
): Promise<Pick<Facts, 'configuration' | 'given'>> {
  const accepted = folder === undefined ? await acceptedOrNone(world) : undefined;
  if (accepted !== undefined) return { configuration: accepted.configuration };
  const { configuration, sources } = readPlaybooks(folder ?? usualPlaybooks(), world.now());
  return { configuration, given: sources };
}

/** A bucket that cannot be read is a finding of the checks. */
async function acceptedOrNone(world: World): ReturnType<typeof acceptedConfiguration> {
  try {
    return await acceptedConfiguration(world);
  } catch (error) {
    if (error instanceof CloudError) return undefined;
    throw error;
  }
}

async function look(patient: Patient, screen: Screen): Promise<readonly Finding[]> {
  const found = await examine(patient, checks, (done, going) => {
    screen.status([`${done} of ${checks.length} looked; now at ${going.join(', ')}`]);
  });
  screen.status([]);
  return found;
}

/** Nobody at the terminal to ask means no. */
async function agreed(
  fixable: readonly Finding[],
  { yes = false }: DoctorOptions,
  screen: Screen,
): Promise<boolean> {
  for (const fix of sayFixes(fixable)) screen.print(`--fix: ${fix}`);
  if (yes) return true;
  if (process.stdin.isTTY !== true) {
    screen.print('nothing is changed without a yes; expected --yes where nobody can be asked');
    return false;
  }
  return (await askForYes('Go on?')) === 'yes';
}

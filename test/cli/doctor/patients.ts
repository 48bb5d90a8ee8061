import type { FleetInput } from '../../../simulator/fleet/schema';
import { openClinic } from '../../../src/cloud/doctor/open-clinic';
import { checks } from '../../../src/cli/doctor/checks';
import type { Generation } from '../../../src/cli/deploy/ports';
import { examine } from '../../../src/cli/doctor/examine';
import type { Finding } from '../../../src/cli/doctor/finding';
import { installationOf } from '../../../src/cli/doctor/installation';
import { openPatient, type Facts } from '../../../src/cli/doctor/patient';
import { readPlaybooks } from '../../../src/cli/deploy/push-playbooks';
import { sweep } from '../../../src/engine/sweep';
import { stepTypes } from '../../../src/steps';
import { healthyDocuments, healthyFleet, writeDocuments } from '../../support/healthy';
import { deployHealthy, smallCode, type HealthyCloud } from '../../support/healthy-cloud';

export type Documents = ReturnType<typeof healthyDocuments>;

export interface Sick extends HealthyCloud {
  readonly facts: Facts;
}

/** What is made wrong in a healthy installation. */
export interface Plant {
  /** Before the cloud begins. */
  readonly fleet?: (fleet: FleetInput) => FleetInput;
  readonly documents?: (documents: Documents) => void;
  /** Once everything stands and the sweep has run. */
  readonly then?: (sick: Sick) => unknown;
  readonly machineAheadMs?: number;
  readonly bucket?: string;
  readonly generation?: Generation;
  /** In place of the playbooks that were pushed. */
  readonly given?: Facts['given'];
  /** In place of the code that was deployed. */
  readonly built?: Facts['built'];
}

/** Everything the doctor finds in a healthy installation in which this has been made wrong, over HTTP. */
export async function diagnose(plant: Plant = {}): Promise<readonly Finding[]> {
  const documents = healthyDocuments();
  plant.documents?.(documents);
  const generation = plant.generation ?? 'fc3';
  const folder = writeDocuments(documents);
  const fleet = (plant.fleet ?? ((one) => one))(healthyFleet());
  const cloud = await deployHealthy(fleet, generation, folder);
  try {
    const { simulator, world } = cloud;
    const { account, region, endpoint, accessKeyId, accessKeySecret } = simulator;
    const { configuration, sources } = readPlaybooks(folder, world.now());
    const bucket = plant.bucket ?? cloud.bucket;
    const named = { prefix: 'failover', queue: 'failover-runs', account, region, generation, bucket };
    const facts: Facts = {
      now: 0,
      machineNow: Date.now() + (plant.machineAheadMs ?? 0),
      configuration,
      given: plant.given ?? sources,
      installation: installationOf(named),
      built: plant.built ?? smallCode,
    };
    await sweep(world, { steps: stepTypes, until: world.now() + 100_000 }, configuration);
    await plant.then?.({ ...cloud, facts });
    const keys = () => Promise.resolve({ accessKeyId, accessKeySecret });
    const clinic = openClinic({ account, region, endpoint, keys, now: world.now });
    const patient = openPatient({ ...facts, now: world.now() }, world, clinic);
    return await examine(patient, checks, () => undefined);
  } finally {
    await cloud.simulator.close();
  }
}

/** `code about` of each, which is what tests compare. */
export function named(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ code, about }) => `${code} ${about}`);
}

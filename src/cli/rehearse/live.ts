import type { Asked } from '../announcements';
import { configurationOf } from '../check';
import { usualFleet, usualPlaybooks } from '../places';
import type { Screen } from '../screen';
import { withSimulatedCloud, type Facts } from '../simulated-cloud';
import { happeningsIn } from './happenings';
import type { LoadHandler } from './local-runner';
import { playOn } from './play';
import { setStage } from './set-stage';

export interface LiveOptions extends Asked {
  readonly playbooks?: string;
  readonly fleet?: string;
  readonly port: number;
  /** How many times faster than ours the cloud's clock runs. */
  readonly speed: number;
  readonly json: boolean;
}

/**
 * A simulated cloud to be lived in: the deployed functions are played while its clock runs, and any other terminal can
 * look at runs and speak to them. Ends with the program.
 */
export async function live(options: LiveOptions, screen: Screen, load: LoadHandler): Promise<number> {
  const playbooks = options.playbooks ?? usualPlaybooks();
  const fleet = options.fleet ?? usualFleet(playbooks);
  return withSimulatedCloud(
    fleet,
    async (cloud) => {
      const before = await cloud.door.state();
      const configuration = configurationOf(playbooks, before.now);
      const happenings = happeningsIn(options, fleet, { facts: cloud.facts, before, configuration });
      const setting = { cloud, configuration, playbooks, before, happenings, horizonMs: Infinity };
      const stage = await setStage(setting, screen, load);
      const environment = environmentOf(cloud.facts, stage.queue);
      if (options.json) process.stdout.write(`${JSON.stringify(environment)}\n`);
      else invite(environment, options.speed, screen);
      return playOn(stage, options.speed);
    },
    options.port,
  );
}

function environmentOf(facts: Facts, queue: string): Readonly<Record<string, string>> {
  return {
    FAILOVER_ENDPOINT: facts.endpoint,
    FAILOVER_ACCOUNT: facts.account,
    FAILOVER_REGION: facts.region,
    FAILOVER_BUCKET: facts.bucket,
    FAILOVER_QUEUE: queue,
    ALIBABA_CLOUD_ACCESS_KEY_ID: facts.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: facts.accessKeySecret,
  };
}

function invite(environment: Readonly<Record<string, string>>, speed: number, screen: Screen): void {
  const { paint } = screen;
  screen.print(paint.dim('For another terminal, which then can say: npx ecs-failover runs list'));
  for (const [name, value] of Object.entries(environment)) screen.print(`export ${name}=${value}`);
  screen.print('');
  screen.print(paint.dim(`The clock runs ${speed} times as fast as yours; Ctrl-C ends it.`));
  screen.print('');
}

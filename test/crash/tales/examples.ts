import { exampleConfigurationOf } from '../../support/configuration';
import { exampleFleet } from '../../support/story-fleet';
import { breakLocalDisk } from './break-local-disk';
import { plannedRestart, quickFleet, type Tale } from './tale';

/** The folders of `playbooks/examples` whose playbooks run scripts or move data, each with its own fleet. */
export const examples: Readonly<Record<string, () => Tale>> = {
  'ordered-cluster': () => scripted('ordered-cluster', 'i-bp1cache000000000002', 'cache-hangzhou'),
  'active-standby': () => scripted('active-standby', 'i-bp1orders000000000001', 'db-hangzhou'),
  'disk-by-redeploy': () => ({
    fleet: quickFleet(exampleFleet('playbooks/examples/disk-by-redeploy')),
    configuration: exampleConfigurationOf('disk-by-redeploy'),
    announced: { event: undefined },
    prepare: breakLocalDisk({ online: true }),
    near: ['redeploy', 'run'],
    lost: true,
  }),
};

function scripted(name: string, subject: string, pool: string): Tale {
  return {
    fleet: exampleFleet(`playbooks/examples/${name}`),
    configuration: exampleConfigurationOf(name),
    announced: { event: { ...plannedRestart, instanceId: subject } },
    subject,
    pool,
    near: ['run', 'reboot'],
    lost: true,
  };
}

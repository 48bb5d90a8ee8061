import type { Configuration, Playbook } from '../../../src/playbook/configuration';
import { exampleConfiguration } from '../../support/configuration';
import type { Tale } from './tale';

/** The restart leaves the event as it is, stopping and starting too; a redeployment clears it. */
export const ladder = (): Tale => ({
  configuration: withLadder(exampleConfiguration()),
  prepare: (cloud) => {
    const never = { id: 'never', name: 'never-clears', action: 'RebootInstance', nth: 1, times: 1 };
    cloud.faults.push({ ...never, options: {}, since: cloud.now, seen: 0, struck: 0 });
  },
});

function withLadder(configuration: Configuration): Configuration {
  const ladder: Playbook['spec']['ladder'] = [
    { use: 'stop-start-instance', atMost: 20 * 60_000, forceStop: false },
    { use: 'redeploy-instance', atMost: 40 * 60_000, forceStop: false },
  ];
  const playbooks = configuration.playbooks.map((playbook) => ({
    ...playbook,
    spec: { ...playbook.spec, ladder },
  }));
  return { ...configuration, playbooks };
}

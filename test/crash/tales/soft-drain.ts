import type { Configuration } from '../../../src/playbook/configuration';
import { exampleConfiguration } from '../../support/configuration';
import type { Tale } from './tale';

/** Half an hour ahead of the window every weight is lowered to a fifth. */
export const softDrain = (): Tale => ({ configuration: withSoftDrain(exampleConfiguration()) });

function withSoftDrain(configuration: Configuration): Configuration {
  const softDrain = { before: 30 * 60_000, weight: 20 };
  const playbooks = configuration.playbooks.map((playbook) => ({
    ...playbook,
    spec: { ...playbook.spec, timing: { ...playbook.spec.timing, softDrain } },
  }));
  return { ...configuration, playbooks };
}

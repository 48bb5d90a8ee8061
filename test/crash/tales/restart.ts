import { exampleConfiguration } from '../../support/configuration';
import type { Tale } from './tale';

/** The planned restart of the example. */
export const restart = (): Tale => ({ configuration: exampleConfiguration() });

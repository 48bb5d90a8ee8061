import type { Mutant } from '../parts';
import { configurationMutants } from './configuration';
import { dataMutants } from './data';
import { journalMutants } from './journals';
import { queueMutants } from './queue';
import { stepMutants } from './steps';
import { trafficMutants } from './traffic';

/** The engine with one safety device taken out, each by what it is put together from. */
export const mutants: readonly Mutant[] = [
  ...journalMutants,
  ...queueMutants,
  ...stepMutants,
  ...dataMutants,
  ...trafficMutants,
  ...configurationMutants,
];

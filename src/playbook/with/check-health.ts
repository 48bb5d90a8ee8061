import * as z from 'zod';
import { Duration } from '../duration';

export const CheckHealth = z
  .strictObject({ atMost: Duration })
  .describe("Waits until every entry of the pool's health holds.");

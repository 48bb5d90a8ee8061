import * as z from 'zod';
import { Duration } from '../duration';

export const LetGo = z
  .strictObject({
    wait: Duration.describe(
      'How long an instance may be there after the notice before its reclaim counts as not having happened. ECS says about five minutes.',
    ).prefault('15m'),
  })
  .describe(
    'Waits until a reclaimed spot instance is gone. One that stays gets everything back that was taken from it.',
  );

import * as z from 'zod';
import { namedAnswers } from '../../event/named-answer';
import { Duration } from '../duration';
import { LocalData } from './local-data';

export const AnswerEvent = z
  .strictObject({
    action: z
      .enum(['fromEvent', ...namedAnswers, 'wait'])
      .describe(
        "fromEvent: the call that the event's code and status ask for. restart: RebootInstance, and nothing else. accept: the Inquiring event is accepted, with the restart that it may ask for. redeploy: the instance moves to another host, where ECS allows that. stopStart: the instance is stopped and started. wait: the provider acts by itself.",
      )
      .default('fromEvent'),
    pullEarlier: z
      .boolean()
      .describe(
        'With a wait: the planned time is moved to now, so that the provider acts while the traffic is away.',
      )
      .default(false),
    event: z
      .string()
      .describe('An await-event step with events: what it found is answered, and not the first event.')
      .optional(),
    atMost: Duration,
    forceStop: z.boolean().default(false),
    requireBackup: z
      .string()
      .describe('A back-up-data step without whose verified manifest nothing is answered.')
      .optional(),
    localData: LocalData.optional(),
  })
  .describe(
    'Answers the event: restarts, accepts, accepts and restarts, redeploys, or waits for the provider and starts what it stopped.',
  );

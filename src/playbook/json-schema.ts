import * as z from 'zod';
import { Calendar, Playbook, Pool, Settings } from './configuration';

/** The JSON Schema of a team's files, for editors. What needs more than one place to check is left to `check`. */
export function configurationSchema(): object {
  const anyKind = z.discriminatedUnion('kind', [Settings, Pool, Calendar, Playbook]);
  return {
    ...z.toJSONSchema(anyKind, { io: 'input', target: 'draft-7' }),
    title: 'ecs-failover configuration',
  };
}

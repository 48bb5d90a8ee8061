import * as z from 'zod';
import { partOf, type Rule } from '../draft';

const Tags = z.record(z.string(), z.string());

/** A member always has the tags of its pool: one of them in `notWhile` would keep every run waiting for ever. */
export const runsMayBegin: Rule = ({ pools }) =>
  pools.flatMap((draft) => {
    const path = ['spec', 'members', 'notWhile', 'tags'];
    const own = partOf(draft, ['spec', 'members', 'tags'], Tags) ?? {};
    const marks = Object.entries(partOf(draft, path, Tags) ?? {});
    return marks
      .filter(([key, value]) => Object.hasOwn(own, key) && (value === '*' || value === own[key]))
      .map(([key]) => ({
        draft,
        path: [...path, key],
        at: 'key' as const,
        message: `every member has the tag ${key}=${own[key]}: runs would wait for ever`,
        suggestion: 'name a tag that another tool puts on an instance only while it works on it',
      }));
  });

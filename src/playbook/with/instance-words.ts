import * as z from 'zod';
import type { Expectation } from '../expectation';

export const ossExpectation: Expectation = {
  says: 'an OSS folder such as "oss://failover-backups/local-disk/"',
  mend: (found) => {
    const near = /^(?:oss:\/{0,2})?([a-z0-9-]{3,63}\/(?:[\w.-]+\/)*)([\w.-]+)?\/?$/.exec(found);
    return near ? `"oss://${near[1]}${near[2] === undefined ? '' : `${near[2]}/`}"` : undefined;
  },
};

export const pathExpectation: Expectation = {
  says: 'an absolute path without "..", such as /data1/app-state',
  mend: (found) => (/^[\w.-]+(\/[\w.-]+)*$/.test(found) && !found.includes('..') ? `/${found}` : undefined),
};

/** `oss://bucket/prefix/` in the file; `{bucket, prefix}` afterwards, the prefix ending in a slash or empty. */
export const OssFolder = z
  .string({ error: ossExpectation.says })
  .regex(/^oss:\/\/[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\/(?:[\w.-]+\/)*$/, {
    error: ossExpectation.says,
    abort: true,
  })
  .transform((text) => {
    const [bucket = '', ...rest] = text.slice('oss://'.length).split('/');
    return { bucket, prefix: rest.join('/') };
  });

/** Paths go into a shell script: no quotes, no blanks, nothing a shell would expand. */
export const InstancePath = z
  .string({ error: pathExpectation.says })
  .regex(/^\/(?!.*(?:^|\/)\.\.(?:\/|$))[\w.@+/-]*[\w.@+-]$/, { error: pathExpectation.says });

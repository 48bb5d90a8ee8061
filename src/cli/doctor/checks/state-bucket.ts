import { defineCheck, type Found } from '../define-check';
import type { BucketState } from '../ports';

const codes = {
  'bucket-missing': {
    severity: 'error',
    what: 'the bucket of the journals does not exist',
    why: 'Without journals no run can begin, and none can go on.',
    mend: 'ecs-failover deploy',
  },
  'bucket-versioned': {
    severity: 'error',
    what: 'the bucket of the journals keeps versions, or has kept them',
    why: '"Only if it is not there" is not honoured in such a bucket, so that two runs could begin for one event; deleted markers go on costing money.',
    mend: 'deploy into a new bucket: versioning can be suspended, but never taken off again',
  },
  'bucket-public': {
    severity: 'error',
    what: 'strangers may read, or write, the bucket of the journals',
    why: 'Journals name instances, people and load balancers; who may write there may say words to runs.',
    mend: 'set the ACL of the bucket to private: OSS console, the bucket, Permission Control, Bucket ACL',
  },
} as const;

/** https://www.alibabacloud.com/help/en/oss/developer-reference/putobject for what versioning does to create-once. */
export const stateBucket = defineCheck<BucketState | undefined, keyof typeof codes>({
  area: 'storage',
  looksAt: 'the bucket of the journals',
  codes,
  look: ({ clinic, facts }) => clinic.bucket(facts.installation.bucket),
  judge: (state, { installation: { bucket: about } }) => {
    if (state === undefined) return [{ code: 'bucket-missing', about, what: `there is no bucket ${about}` }];
    const found: Found<keyof typeof codes>[] = [];
    if (state.versioning !== undefined) {
      found.push({ code: 'bucket-versioned', about, what: `versioning is ${state.versioning}` });
    }
    if (state.acl !== 'private') {
      found.push({ code: 'bucket-public', about, what: `its ACL is ${state.acl}; expected private` });
    }
    return found;
  },
});

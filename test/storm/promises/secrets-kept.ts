import type { Promised } from '../story';

const secrets = /LTAI5tSimulatorKey0001|c2lnbmVk|STS\.NTsimulatorToken0001|simulator-secret-0001/;

/** No secret in any log, journal or message. The storm's errors carry keys, as the cloud's sometimes do. */
export const secretsKept: Promised = {
  name: 'secrets kept',
  sentence: 'no secret in a log, a journal or a message',
  watch: () => ({
    log: (entry) => (secrets.test(JSON.stringify(entry)) ? `in the log: ${entry.text}` : undefined),
    line: ({ journal, data }) => (secrets.test(JSON.stringify(data)) ? `in ${journal}` : undefined),
    sent: (body) => (secrets.test(body) ? 'in a message' : undefined),
  }),
};

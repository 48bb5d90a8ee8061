import { relative } from 'node:path';
import { readFolder } from '../../src/cloud/playbook-folder';
import { knownEventCodes } from '../../src/event/kinds';
import type { Configuration } from '../../src/playbook/configuration';
import { readConfiguration } from '../../src/playbook/read';
import { playbooksFolder } from './configuration';

/** The example team's pool, calendar and settings with this playbook in place of its own: the text behind `spec:`, as a team writes it. */
export function configurationOf(spec: string): Configuration {
  const kept = readFolder(playbooksFolder).filter(({ path }) =>
    /^(settings|pools|calendars)\b/.test(relative(playbooksFolder, path)),
  );
  const head = [
    'apiVersion: failover/v1',
    'kind: Playbook',
    'metadata: { name: written, owner: test }',
    'spec:',
  ];
  const text = [...head, ...spec.split('\n').map((line) => `  ${line}`)].join('\n');
  const { configuration, problems } = readConfiguration([...kept, { path: 'written.yml', text }], {
    knownEvents: knownEventCodes,
    now: Date.parse('2026-11-17T07:10:00Z'),
  });
  if (configuration === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  return configuration;
}

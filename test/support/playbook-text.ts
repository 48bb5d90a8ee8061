import { relative } from 'node:path';
import { readFolder } from '../../src/cloud/playbook-folder';
import { knownEventCodes } from '../../src/event/kinds';
import type { Configuration } from '../../src/playbook/configuration';
import { readConfiguration } from '../../src/playbook/read';
import { playbooksFolder } from './configuration';

/**
 * The example team's pool, calendar and settings with these playbooks in place of its own: of each the text behind
 * `spec:`, as a team writes it.
 */
export function configurationOf(...specs: readonly string[]): Configuration {
  const kept = readFolder(playbooksFolder).filter(({ path }) =>
    /^(settings|pools|calendars)\b/.test(relative(playbooksFolder, path)),
  );
  const written = specs.map((spec, index) => {
    const name = `written-${index + 1}`;
    const head = ['apiVersion: failover/v1', 'kind: Playbook', `metadata: { name: ${name}, owner: test }`];
    const text = [...head, 'spec:', ...spec.split('\n').map((line) => `  ${line}`)].join('\n');
    return { path: `${name}.yml`, text };
  });
  const { configuration, problems } = readConfiguration([...kept, ...written], {
    knownEvents: knownEventCodes,
    now: Date.parse('2026-11-17T07:10:00Z'),
  });
  if (configuration === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  return configuration;
}

/** Steps that many small playbooks share: how they begin, behind `steps:`, and how they end. */
export const drain = `
  - id: drain
    use: drain-traffic
    with: { quiet: { activeConnectionsBelow: 5, for: 60s }, atMost: 10m }`;
export const back = `
  - { id: healthy, use: check-health, with: { atMost: 10m } }
  - { id: back, use: restore-traffic, with: {} }`;

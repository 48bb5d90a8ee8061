import { rmSync } from 'node:fs';
import { everyPermission } from '../../src/engine/permissions/needed';
import { stepTypes } from '../../src/steps';
import { usedIn, usesFolder } from './story-uses';

/** What template.yml grants and no story can use, and why. */
const usedByNoStory: Readonly<Record<string, string>> = {
  'fc:InvokeFunction': 'a function of 2.0 hands on what is left; test/deploy/second-generation.test.ts',
  'log:PostLogStoreLogs': 'Function Compute itself writes the logs, with the role of the functions',
};

interface Run {
  readonly testPathPatterns: { readonly patterns: readonly string[] };
  readonly testNamePattern?: string;
  readonly onlyChanged: boolean;
  readonly findRelatedTests: boolean;
  readonly shard?: object;
}

/**
 * Once for a test run, when every worker has ended: nothing is granted that no story uses. What a story uses and is not
 * granted fails that story. Told only when all stories were in the run.
 */
export default function afterAll(run: Run): void {
  const folder = process.env[usesFolder];
  if (folder === undefined) return;
  const used = usedIn(folder);
  rmSync(folder, { recursive: true });
  if (!hasEveryStory(run)) return;
  const any = { account: '*', region: '*', queue: '*', bucket: '*', logs: '*', successor: '*' };
  const permissions = everyPermission(stepTypes, { ...any, backups: '*', roles: '*', secrets: '*' });
  const granted = new Set(permissions.map(({ action }) => action));
  const idle = [...granted].filter((action) => !used.has(action) && !(action in usedByNoStory)).sort();
  const mended = Object.keys(usedByNoStory).filter((action) => used.has(action) || !granted.has(action));
  const problems = [
    ...idle.map((action) => `${action} is granted to the functions, and no story uses it`),
    ...mended.map((action) => `${action} is used by a story, or granted no more: take it off the list here`),
  ];
  if (problems.length === 0) return;
  process.stderr.write(`${['\nFAIL test/support/after-all.ts', ...problems].join('\n  ')}\n`);
  // An error thrown here would keep the results of the tests from being written.
  process.exitCode = 1;
}

function hasEveryStory({ testPathPatterns, testNamePattern, onlyChanged, findRelatedTests, shard }: Run) {
  const { patterns } = testPathPatterns;
  const isWhole = patterns.length === 0 || patterns.some((pattern) => /^test\/stories\/?$/.test(pattern));
  return isWhole && !testNamePattern && !onlyChanged && !findRelatedTests && shard === undefined;
}

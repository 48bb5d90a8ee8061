import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { usesFolder } from './story-uses';

/** Once for a test run, before any worker starts. */
export default function beforeAll(): void {
  process.env[usesFolder] = mkdtempSync(join(tmpdir(), 'ecs-failover-stories-'));
}

import { createFiles } from '../../src/cloud/oss-files';
import { openBucket } from '../../src/cloud/oss-client';
import type { Playbook } from '../../src/playbook/configuration';
import { changedConfiguration, exampleFleet, openStory, web2, type Story } from '../support/story';

const minuteMs = 60_000;
const event = {
  eventId: 'e-bp1diagnosis000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const to = { bucket: 'failover-backups', prefix: 'diagnostics/' };
const collect = {
  use: 'collect-diagnostics' as const,
  with: { console: true, screenshot: true, to, atMost: 2 * minuteMs },
};
const panic = [
  '[    0.000000] Linux version 5.10.134-16.al8.x86_64 (root@build) #1 SMP',
  '[    9.100000] app[811]: starts with password=hunter2-database',
  '[  600.120000] BUG: unable to handle page fault for address: 0000000000000018',
  '[  600.431199] Kernel panic - not syncing: Fatal exception',
].join('\r\n');

type Steps = Playbook['spec']['steps'];

jest.setTimeout(60_000);

let story: Story;
afterEach(() => story.close());

/** A restart that leaves the event as it is, and short proofs. */
async function begin(change: (steps: Steps) => Partial<Playbook['spec']>): Promise<void> {
  const steps = changedConfiguration({}).playbooks[0]?.spec.steps ?? [];
  const quick = steps.map((step) =>
    step.use === 'await-event' ? { ...step, with: { ...step.with, atMost: 3 * minuteMs } } : step,
  );
  story = await openStory({
    fleet: { ...exampleFleet(), start: '2026-11-17T17:45:00Z' },
    configuration: changedConfiguration({ playbook: change(quick) }),
  });
  await story.announce(event);
}

function kept(url: string): Promise<string | undefined> {
  const { endpoint, region, accessKeyId, accessKeySecret } = story.simulator;
  const keys = async () => ({ accessKeyId, accessKeySecret });
  const now = () => story.world.now();
  return createFiles((bucket) => openBucket({ region, bucket, keys, now, endpoint, timeoutMs: 5000 })).read(
    url,
  );
}

const pages = () => story.logged.filter(({ kind }) => kind === 'call-someone').map(({ text }) => text);

it('a ladder that has tried everything calls a person with a link to the diagnostics (C62)', async () => {
  await begin((steps) => ({ steps, ladder: [collect, { use: 'call-someone' }] }));
  await story.fault('never-clears', { action: 'RebootInstance', target: event.eventId });
  await story.play({
    until: async ({ simulator }) => {
      // The restarted system crashes, and prints nothing more.
      if ((await story.actSentences()).includes('RebootInstance web-2')) {
        await simulator.knock('PUT', `/instances/${web2}/console`, { text: panic });
      }
      return story.ends().some(({ end }) => end === 'held');
    },
  });
  expect(story.ends()).toEqual([{ end: 'held', reason: 'needs-human' }]);
  const [page = '', ...others] = pages();
  expect(others).toEqual([]);
  const [report = ''] = /oss:\S+$/.exec(page) ?? [];
  expect(report).toMatch(
    /^oss:\/\/failover-backups\/diagnostics\/i-bp1web0000000000002\/[^/]+\/rung-1\/report\.txt$/,
  );
  const text = (await kept(report)) ?? '';
  expect(text).toContain('crashed: operating system: boot 1 shows a kernel panic (Fatal exception)');
  const folder = report.replace('report.txt', '');
  const log = (await kept(`${folder}console.txt`)) ?? '';
  expect(log.split('\n')[1]).toBe('[    9.100000] app[811]: starts with password=***');
  expect(await kept(`${folder}screenshot.png`)).toContain('PNG');
  const json = JSON.parse((await kept(`${folder}report.json`)) ?? '') as object;
  expect(json).toMatchObject({ instance: web2, event: event.eventId, diagnosis: { verdict: 'crashed' } });
  const everything = [text, log, JSON.stringify(json), JSON.stringify(story.logged)].join('\n');
  expect(everything).not.toContain('hunter2-database');
});

it('a run goes on when nothing can be collected, and says so (C62)', async () => {
  await begin((steps) => {
    const elsewhere = { ...collect.with, to: { ...to, bucket: 'no-such-bucket' } };
    const step = { ...collect, id: 'diagnose', commit: false, with: elsewhere };
    return { steps: [step, ...steps] };
  });
  await story.play();
  expect(story.ends()).toEqual([{ end: 'done' }]);
  expect(story.notes().join('\n')).toContain('NoSuchBucket');
});

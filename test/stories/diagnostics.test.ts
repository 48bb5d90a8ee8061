import { createFiles } from '../../src/cloud/oss-files';
import { openBucket } from '../../src/cloud/oss-client';
import type { Playbook } from '../../src/playbook/configuration';
import { changedConfiguration, exampleFleet, once, openStory, web2, type Story } from '../support/story';

const minuteMs = 60_000;
const out = { default: 0, 'rsp-bp1web8443/8443': 0, 'rsp-bp1web8443/8444': 0 };
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
async function begin(
  change: (steps: Steps) => Partial<Playbook['spec']>,
  more: Omit<Parameters<typeof changedConfiguration>[0], 'playbook'> = {},
): Promise<void> {
  const steps = changedConfiguration({}).playbooks[0]?.spec.steps ?? [];
  const quick = steps.map((step) =>
    step.use === 'await-event' ? { ...step, with: { ...step.with, atMost: 3 * minuteMs } } : step,
  );
  story = await openStory({
    fleet: {
      ...exampleFleet(),
      start: '2026-11-17T17:45:00Z',
      alarms: [{ name: 'storefront-5xx-high', state: 'OK' }],
    },
    configuration: changedConfiguration({ ...more, playbook: change(quick) }),
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

/** One page, which names where the report of that step is: the object's address, and nothing that grants anything. */
async function expectLink(step: string): Promise<void> {
  const [page = '', ...others] = pages();
  expect(others).toEqual([]);
  const [, report = ''] = /; diagnostics: (\S+)$/.exec(page) ?? [];
  expect(report.split('/').toSpliced(5, 1)).toEqual([
    'oss:',
    '',
    'failover-backups',
    'diagnostics',
    web2,
    step,
    'report.txt',
  ]);
  expect(await kept(report)).toContain(web2);
  expect(story.notes().join('\n')).toContain(`diagnostics: ${report}`);
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

it('an instance whose answers are spent stays out and is tagged, and a person gets the link (C62)', async () => {
  const rung = { use: 'stop-start-instance' as const, atMost: 20 * minuteMs, forceStop: false };
  await begin((steps) => ({ steps, ladder: [rung, collect, { use: 'call-someone' }] }), {
    settings: { limits: { attemptsPerInstance: { count: 1, within: 24 * 60 * minuteMs } } },
  });
  await story.fault('never-clears', { action: 'RebootInstance', target: event.eventId });
  await story.play();
  expect(story.ends()).toEqual([{ end: 'held', reason: 'needs-human' }]);
  const acts = await story.actSentences();
  expect(acts.filter((act) => !/^(Set|RunCommand)/.test(act))).toEqual([
    'RebootInstance web-2',
    'TagResources web-2',
  ]);
  expect(await story.weights(web2)).toEqual(out);
  expect(Object.keys((await story.world.cloud.instances.get(web2))?.tags ?? {})).toContain(
    'ecs-failover:needs-human',
  );
  await expectLink('rung-2');
});

it('an alarm in the ramp takes the traffic back, and whoever is called gets the link (C56)', async () => {
  await begin((steps) => ({
    steps: steps.flatMap((step): Steps =>
      step.use === 'restore-traffic'
        ? [
            { ...collect, id: 'facts', commit: false },
            { ...step, with: { ...step.with, abortIf: { cloudMonitorAlarm: 'storefront-5xx-high' } } },
          ]
        : [step],
    ),
  }));
  await story.play({ until: once('holds at 50%') });
  await story.simulator.knock('PATCH', '/alarms/storefront-5xx-high', { state: 'ALARM' });
  await story.play();
  expect(story.ends()).toEqual([{ end: 'held', reason: 'ramp-failed' }]);
  expect(await story.weights(web2)).toEqual(out);
  await expectLink('facts');
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

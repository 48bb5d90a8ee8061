import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { FleetInput } from '../../simulator/fleet/schema';
import { knownEventCodes } from '../../src/event/kinds';
import { readFolder } from '../../src/cloud/playbook-folder';
import { tell } from '../../src/engine/tell';
import { readConfiguration } from '../../src/playbook/read';
import { openStory, type Story } from '../support/story';

const folder = join(process.cwd(), 'playbooks', 'examples', 'mixed-fleet');
const shop1 = 'i-bp1shop000000000001';

function mixedFleet(): FleetInput {
  return parse(readFileSync(join(folder, 'example', 'fleet.yml'), 'utf8')) as FleetInput;
}

function mixedConfiguration() {
  const now = Date.parse('2026-11-17T07:10:00Z');
  const { configuration, problems } = readConfiguration(readFolder(folder), {
    knownEvents: knownEventCodes,
    now,
  });
  if (configuration === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  return configuration;
}

const before = {
  default: 100,
  'rsp-bp1partner/8000': 30,
  'rsp-bp1shop8443/8443': 100,
  'rsp-bp1shop8443/8444': 40,
  'sgp-bp1shopapi000001/9090': 60,
  'sgp-bp1shoptcp000001/9000': 80,
  'sgp-bp1shopweb000001/8080': 100,
};
const noWeight = Object.fromEntries(Object.keys(before).map((place) => [place, 0]));

describe('a member of four load balancers and six groups', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStory({ fleet: mixedFleet(), configuration: mixedConfiguration() });
    await story.announce({
      eventId: 'e-bp1everygroup00001',
      instanceId: shop1,
      code: 'SystemMaintenance.Reboot',
      notBefore: '2026-11-19T06:00:00Z',
    });
  });
  afterEach(() => story.close());
  const restarts = async () => (await story.acts()).filter(({ action }) => action === 'RebootInstance');

  it('is out of all of them while it restarts, and back in all of them afterwards (C35)', async () => {
    expect(await story.weights(shop1)).toEqual(before);
    await story.play({ until: ({ notes }) => notes().some((note) => note === 'restarts the instance') });
    expect(await story.weights(shop1)).toEqual(noWeight);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(shop1)).toEqual(before);
    expect(await restarts()).toHaveLength(1);
  });

  it.each([
    ['nlb', 'UpdateServerGroupServersAttribute'],
    ['slb', 'SetVServerGroupAttribute'],
  ])('is put back everywhere and not restarted when %s refuses for good (C35)', async (product, action) => {
    await story.fault('refuse', {
      product,
      action,
      times: 99,
      options: { code: 'Forbidden.NoPermission', status: '403' },
    });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: expect.any(String) as string }]);
    expect(await story.weights(shop1)).toEqual(before);
    expect(await restarts()).toEqual([]);
  });

  it('holds, and calls someone, where alb neither takes it out nor back; retried, everything is put back (C35)', async () => {
    await story.fault('refuse', {
      product: 'alb',
      action: 'UpdateServerGroupServersAttribute',
      times: 99,
      options: { code: 'Forbidden.NoPermission', status: '403' },
    });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'held', reason: 'undo-failed' }]);
    expect(story.callsForSomeone()).toHaveLength(1);

    await story.simulator.knock('DELETE', '/faults');
    const run = String(story.logged.findLast((entry) => entry.run !== undefined)?.run);
    await tell(story.world, run, { kind: 'retry', by: 'lin', why: 'the permission is there again' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'Forbidden.NoPermission' }]);
    expect(await story.weights(shop1)).toEqual(before);
    expect(await restarts()).toEqual([]);
  });
});

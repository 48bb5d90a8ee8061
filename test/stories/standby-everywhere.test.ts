import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { FleetInput } from '../../simulator/fleet/schema';
import { readFolder } from '../../src/cloud/playbook-folder';
import { knownEventCodes } from '../../src/event/kinds';
import { readConfiguration } from '../../src/playbook/read';
import { openStory, type Story } from '../support/story';

const folder = join(process.cwd(), 'playbooks', 'examples', 'mixed-fleet');
const shop1 = 'i-bp1shop000000000001';
const group = 'asg-bp1shop00000000001';
/** What members get when they come into service. The partner's load balancer is no business of the scaling group. */
const attached = [
  { group: 'clb/lb-bp1shop0000001/default', weight: 50 },
  { group: 'clb/lb-bp1shop0000001/rsp-bp1shop8443', port: 8443, weight: 100 },
  { group: 'alb/sgp-bp1shopweb000001', port: 8080, weight: 100 },
  { group: 'alb/sgp-bp1shopapi000001', port: 9090, weight: 100 },
  { group: 'nlb/sgp-bp1shoptcp000001', port: 9000, weight: 100 },
];
const before = {
  default: 100,
  'rsp-bp1partner/8000': 30,
  'rsp-bp1shop8443/8443': 100,
  'rsp-bp1shop8443/8444': 40,
  'sgp-bp1shopapi000001/9090': 60,
  'sgp-bp1shoptcp000001/9000': 80,
  'sgp-bp1shopweb000001/8080': 100,
};

async function openStandbyStory(): Promise<Story> {
  const fleet = parse(readFileSync(join(folder, 'example', 'fleet.yml'), 'utf8')) as FleetInput;
  const { configuration } = readConfiguration(readFolder(folder), {
    knownEvents: knownEventCodes,
    now: Date.parse('2026-11-17T07:10:00Z'),
  });
  if (configuration === undefined) throw new Error('the example cannot be read');
  const scalingGroups = [{ id: group, members: [{ instance: shop1 }], attached }];
  const story = await openStory({ fleet: { ...fleet, scalingGroups }, configuration });
  await story.announce({
    eventId: 'e-bp1standby00000001',
    instanceId: shop1,
    code: 'SystemMaintenance.Reboot',
    notBefore: '2026-11-19T06:00:00Z',
  });
  return story;
}

describe('a member that stands by, in four load balancers and six groups', () => {
  let story: Story;
  beforeEach(async () => {
    story = await openStandbyStory();
  });
  afterEach(() => story.close());
  const standing = async () => (await story.state()).scalingGroups[0]?.members[0];

  it('has every weight back, wherever Auto Scaling has written its own (C33, C34, C35)', async () => {
    await story.play({ until: ({ notes }) => notes().some((note) => note === 'restarts the instance') });
    expect(new Set(Object.values(await story.weights(shop1)))).toEqual(new Set([0]));
    expect(await standing()).toMatchObject({ lifecycle: 'Standby' });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.weights(shop1)).toEqual(before);
    const acts = (await story.acts()).map(({ product, action }) => `${product} ${action}`);
    expect(acts.slice(acts.indexOf('ess ExitStandby')).toSorted()).toEqual([
      'alb UpdateServerGroupServersAttribute',
      'ess ExitStandby',
      'nlb UpdateServerGroupServersAttribute',
      'slb SetBackendServers',
    ]);
    await story.advance(3600);
    expect(await standing()).toEqual({ instanceId: shop1, lifecycle: 'InService', replacedAt: null });
  });

  it('is put back everywhere when the drain cannot go on (C35, C59)', async () => {
    const options = { code: 'Forbidden.NoPermission', status: '403' };
    await story.fault('refuse', { product: 'slb', target: 'rsp-bp1partner', times: 99, options });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'Forbidden.NoPermission' }]);
    expect(await story.weights(shop1)).toEqual(before);
    expect(await standing()).toMatchObject({ lifecycle: 'InService', replacedAt: null });
  });
});

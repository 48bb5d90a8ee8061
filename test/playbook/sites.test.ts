import { matchPlaybook } from '../../src/playbook/match';
import { makePlan } from '../../src/playbook/plan';
import { readConfiguration } from '../../src/playbook/read';
import { findSite, sitesNamed, sitesOf } from '../../src/playbook/sites';
import type { SystemEvent } from '../../src/event/system-event';
import { context } from './context';
import { exampleFiles } from '../support/configuration';

const settings = `
apiVersion: failover/v1
kind: Settings
spec:
  mode: enforce
  accounts:
    - {id: "1690700000000030", alias: hub, regions: [cn-hangzhou]}
    - id: "2000000000000002"
      alias: retail
      regions: [cn-hangzhou, cn-shanghai]
      role: acs:ram::2000000000000002:role/failover-operator
      externalId: "secret:retail/external-id"
`;
const event: SystemEvent = {
  id: 'e-1',
  code: 'SystemMaintenance.Reboot',
  status: 'Scheduled',
  account: '2000000000000002',
  region: 'cn-shanghai',
  instanceId: 'i-1',
};

/** The example's playbook and calendar with these settings, and its pool twice: here and there. */
function configured() {
  const files = exampleFiles().map(({ path, text }) => {
    if (text.includes('kind: Settings')) return { path, text: settings };
    if (!text.includes('kind: Pool')) return { path, text };
    const there = text
      .replace('name: web-hangzhou', 'name: web-shanghai')
      .replace('spec:', 'spec:\n  account: retail\n  region: cn-shanghai');
    return { path, text: `${text.replace('spec:', 'spec:\n  account: hub')}\n---\n${there}` };
  });
  const both = files.map(({ path, text }) => ({
    path,
    text: text.replace('pools: [web-hangzhou]', 'pools: [web-hangzhou, web-shanghai]'),
  }));
  const { configuration, problems } = readConfiguration(both, context);
  if (configuration === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  return configuration;
}

describe('accounts and regions', () => {
  const configuration = configured();
  const { spec } = configuration.settings;
  const role = 'acs:ram::2000000000000002:role/failover-operator';
  const externalId = 'secret:retail/external-id';

  it('are the pairs that the settings name, each with its role', () => {
    expect(sitesOf(spec)).toEqual([
      { account: '1690700000000030', region: 'cn-hangzhou' },
      { account: '2000000000000002', region: 'cn-hangzhou', role, externalId },
      { account: '2000000000000002', region: 'cn-shanghai', role, externalId },
    ]);
  });

  it('are one where the short form names one', () => {
    const short = { ...spec, accounts: undefined, account: { id: '42' }, region: 'cn-hangzhou' };
    expect(sitesOf(short)).toEqual([{ account: '42', region: 'cn-hangzhou' }]);
  });

  it('are known by alias, by id, and by what is left out', () => {
    expect(sitesNamed(spec, { account: 'retail' })).toHaveLength(2);
    expect(sitesNamed(spec, { account: '2000000000000002', region: 'cn-shanghai' })).toHaveLength(1);
    expect(sitesNamed(spec, { region: 'cn-hangzhou' })).toHaveLength(2);
    expect(sitesNamed(spec, { account: 'retial' })).toEqual([]);
    expect(findSite(spec, { account: '1690700000000030', region: 'cn-shanghai' })).toBeUndefined();
  });

  it('keep pools apart: an instance is a member of pools of its own account and region only', () => {
    const tags = { app: 'storefront', role: 'web' };
    const poolIn = (where: Partial<SystemEvent>) => {
      const match = matchPlaybook(configuration, { ...event, ...where }, tags);
      return 'none' in match ? match.none : match.pool.metadata.name;
    };
    expect(poolIn({})).toBe('web-shanghai');
    expect(poolIn({ account: '1690700000000030', region: 'cn-hangzhou' })).toBe('web-hangzhou');
    expect(poolIn({ region: 'cn-hangzhou' })).toBe('i-1 is in no pool');
    expect(poolIn({ account: '3000000000000003' })).toBe(
      'it belongs to account 3000000000000003, region cn-shanghai',
    );
  });

  it('are in the plan of a run, with the reference and never the secret; the digest does not change with the role', () => {
    const match = matchPlaybook(configuration, event, { app: 'storefront', role: 'web' });
    if ('none' in match) throw new Error(match.none);
    const target = { id: 'i-1', zone: 'cn-shanghai-g', localDisks: 0, locks: [], dedicatedHost: false };
    const plan = makePlan(match, event, target);
    expect(plan.site).toEqual({ account: '2000000000000002', region: 'cn-shanghai', role, externalId });
    const { site: _site, ...atHome } = match;
    expect(makePlan(atHome, event, target)).toEqual({ ...plan, site: undefined, digest: plan.digest });
  });
});

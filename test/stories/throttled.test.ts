import type { FleetInput } from '../../simulator/fleet/schema';
import { exampleFleet, nothingLeft, openStory, web1, web2, web3, type Story } from '../support/story';

const restart = {
  eventId: 'e-bp1throttled0000001',
  instanceId: web2,
  code: 'SystemMaintenance.Reboot',
  notBefore: '2026-11-19T06:00:00Z',
};
const groups = ['rsp-bp1a', 'rsp-bp1b', 'rsp-bp1c', 'rsp-bp1d'];

/** The example fleet with five groups: the default one and four vServer groups, each on a listener of its own. */
function fiveGroups(): FleetInput {
  const fleet = exampleFleet();
  const listeners = groups.map((vServerGroup, index) => ({
    port: 9001 + index,
    protocol: 'tcp' as const,
    backendPort: 9001 + index,
    vServerGroup,
  }));
  const vServerGroups = groups.map((id, index) => ({
    id,
    backends: [web1, web2, web3].map((server) => ({ server, port: 9001 + index, weight: 40 })),
  }));
  const [balancer] = fleet.loadBalancers ?? [];
  return {
    ...fleet,
    loadBalancers: [
      { ...balancer!, listeners: [{ port: 80, backendPort: 8080 }, ...listeners], vServerGroups },
    ],
  };
}

const writesOf = (first: number, others: number) => [
  `SetBackendServers lb-bp1web0000001 web-2=${first}`,
  `SetVServerGroupAttribute rsp-bp1a web-2:9001=${others}`,
  `SetVServerGroupAttribute rsp-bp1b web-2:9002=${others}`,
  `SetVServerGroupAttribute rsp-bp1c web-2:9003=${others}`,
  `SetVServerGroupAttribute rsp-bp1d web-2:9004=${others}`,
];
const actsInFull = [
  ...writesOf(0, 0),
  'RunCommand web-2 drain-quiet',
  'RunCommand web-2 save',
  'RebootInstance web-2',
  ...writesOf(10, 4),
  ...writesOf(50, 20),
  ...writesOf(100, 40),
];
const full = {
  default: 100,
  'rsp-bp1a/9001': 40,
  'rsp-bp1b/9002': 40,
  'rsp-bp1c/9003': 40,
  'rsp-bp1d/9004': 40,
};

describe('a load balancer that refuses for a while', () => {
  let story: Story;
  afterEach(() => story.close());

  async function expectTheSameStory(): Promise<void> {
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.actSentences()).toEqual(actsInFull);
    expect(await story.weights(web2)).toEqual(full);
    expect(story.callsForSomeone()).toEqual([]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  }

  it('changes nothing by throttling the third of five weight writes: same order, nothing twice (C35, C42)', async () => {
    story = await openStory({ fleet: fiveGroups() });
    await story.announce(restart);
    await story.fault('throttle', { product: 'slb', action: 'SetVServerGroupAttribute', nth: 2 });
    await story.play();
    await expectTheSameStory();
    const refused = (await story.writes()).filter(
      ({ product, outcome }) => product === 'slb' && outcome === 'refused',
    );
    expect(refused).toMatchObject([{ target: 'rsp-bp1b', code: 'Throttling.User' }]);
  });

  it('is asked again after the minute in which it was throttled, not before', async () => {
    story = await openStory({ fleet: fiveGroups() });
    await story.announce(restart);
    await story.fault('throttle', { product: 'slb', action: 'SetVServerGroupAttribute', nth: 2 });
    await story.play();
    const drain = (await story.acts()).slice(0, 5).map(({ at }) => new Date(at).toISOString());
    expect(drain).toEqual([
      '2026-11-17T18:00:00.000Z',
      '2026-11-17T18:00:00.000Z',
      '2026-11-17T18:01:00.000Z',
      '2026-11-17T18:01:00.000Z',
      '2026-11-17T18:01:00.000Z',
    ]);
  });

  it.each([
    ['BackendServer.configuring', 'SetBackendServers', 409],
    ['VServerGroupProcessing', 'SetVServerGroupAttribute', 400],
    ['OperationFailed.TokenIsProcessing', 'SetVServerGroupAttribute', 400],
  ])('waits while it answers %s to %s', async (code, action, status) => {
    story = await openStory({ fleet: fiveGroups() });
    await story.announce(restart);
    await story.fault('refuse', { product: 'slb', action, times: 3, options: { code, status } });
    await story.play();
    await expectTheSameStory();
  });

  it('waits for the lock that each write leaves behind', async () => {
    story = await openStory({ fleet: { ...fiveGroups(), settings: { clbBusySeconds: 20 } } });
    await story.announce(restart);
    await story.play();
    expect(story.ends()).toEqual([{ end: 'done' }]);
    expect(await story.actSentences()).toEqual(actsInFull);
    expect(await story.weights(web2)).toEqual(full);
  });

  it('puts everything back and ends undone when it keeps refusing the third write for good', async () => {
    story = await openStory({ fleet: fiveGroups() });
    await story.announce(restart);
    const options = { code: 'InvalidParameter', status: 400 };
    await story.fault('refuse', {
      product: 'slb',
      action: 'SetVServerGroupAttribute',
      target: 'rsp-bp1b',
      times: 500,
      options,
    });
    await story.play();
    expect(story.ends()).toEqual([{ end: 'undone', reason: 'InvalidParameter' }]);
    expect(await story.weights(web2)).toEqual(full);
    expect(await story.actSentences()).toEqual([
      'SetBackendServers lb-bp1web0000001 web-2=0',
      'SetVServerGroupAttribute rsp-bp1a web-2:9001=0',
      'SetBackendServers lb-bp1web0000001 web-2=100',
      'SetVServerGroupAttribute rsp-bp1a web-2:9001=40',
    ]);
    expect(await story.leftovers()).toEqual(nothingLeft);
  });
});

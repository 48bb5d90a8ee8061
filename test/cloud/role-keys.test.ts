import { openWorld } from '../../src/cloud/open-cloud';
import { scrub } from '../../src/cloud/scrub';
import type { World } from '../../src/engine/ports';
import { worldOf } from '../../src/engine/world-of';
import type { Site } from '../../src/event/site';
import { answering, type Answering, type Reply } from '../support/answering';
import { refusalOf } from '../support/failing';

const start = Date.parse('2026-11-17T07:10:00Z');
const there: Site = {
  account: '2000000000000002',
  region: 'cn-shanghai',
  role: 'acs:ram::2000000000000002:role/failover-operator',
};
const session = (n: number, expiration: string): Reply => ({
  body: JSON.stringify({
    RequestId: 'r',
    Credentials: {
      AccessKeyId: `STS.session${n}`,
      AccessKeySecret: `session-secret-${n}`,
      SecurityToken: `session-token-${n}`,
      Expiration: expiration,
    },
  }),
});
const noInstance: Reply = { body: '{"RequestId":"r","Instances":{"Instance":[]},"NextToken":""}' };
const refusing = (code: string, message = 'no'): Reply => ({
  status: 403,
  body: JSON.stringify({ RequestId: 'r', Code: code, Message: message }),
});

describe("the keys of another account's role", () => {
  let server: Answering;
  let now = start;
  beforeEach(() => {
    now = start;
  });
  afterEach(() => server.close());

  async function opened(replies: readonly Reply[], variables: Record<string, string> = {}): Promise<World> {
    server = await answering(...replies);
    return openWorld({
      account: '1690700000000030',
      region: 'cn-hangzhou',
      queue: 'q',
      bucket: 'b',
      worker: 'w',
      endpoint: server.endpoint,
      keys: () => Promise.resolve({ accessKeyId: 'LTAIhome', accessKeySecret: 's' }),
      variable: (name) => variables[name],
      now: () => now,
      log: () => undefined,
    });
  }
  const look = (world: World, site = there) => worldOf(world, site).cloud.instances.get('i-1');
  const heard = () =>
    server.heard.map(({ body }) => {
      const form = new URLSearchParams(body);
      return [form.get('Action'), form.get('AccessKeyId'), form.get('RegionId')].filter(Boolean).join(' ');
    });

  it('are asked for once, with our name, and every call in that account and region is signed with them', async () => {
    const world = await opened([session(1, '2026-11-17T08:10:00Z'), noInstance]);
    await look(world);
    await look(world, { ...there, region: 'cn-beijing' });
    expect(heard()).toEqual([
      'AssumeRole LTAIhome',
      'DescribeInstances STS.session1 cn-shanghai',
      'DescribeInstances STS.session1 cn-beijing',
    ]);
    const form = new URLSearchParams(server.heard[0]?.body);
    expect(
      ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'ExternalId'].map((key) => form.get(key)),
    ).toEqual([
      'acs:ram::2000000000000002:role/failover-operator',
      'ecs-failover-1690700000000030',
      '3600',
      null,
    ]);
  });

  it('are asked for again shortly before they expire', async () => {
    const world = await opened([
      session(1, '2026-11-17T08:10:00Z'),
      noInstance,
      noInstance,
      session(2, '2026-11-17T09:05:00Z'),
      noInstance,
    ]);
    await look(world);
    now = Date.parse('2026-11-17T08:04:59Z');
    await look(world);
    now = Date.parse('2026-11-17T08:05:00Z');
    await look(world);
    expect(heard()).toEqual([
      'AssumeRole LTAIhome',
      'DescribeInstances STS.session1 cn-shanghai',
      'DescribeInstances STS.session1 cn-shanghai',
      'AssumeRole LTAIhome',
      'DescribeInstances STS.session2 cn-shanghai',
    ]);
  });

  it('are given up when the cloud says that they have expired', async () => {
    const world = await opened([
      session(1, '2026-11-17T08:10:00Z'),
      refusing('InvalidSecurityToken.Expired'),
      session(2, '2026-11-17T08:10:00Z'),
      noInstance,
    ]);
    expect((await refusalOf(look(world))).detail.worthRepeating).toBe(true);
    await look(world);
    expect(heard().filter((call) => call.startsWith('AssumeRole'))).toHaveLength(2);
  });

  it('are come by with the external id that the reference stands for', async () => {
    const world = await opened([session(1, '2026-11-17T08:10:00Z'), noInstance], {
      FAILOVER_SECRET_RETAIL_ID: 'team-web-42',
    });
    await look(world, { ...there, externalId: 'secret:retail-id' });
    expect(new URLSearchParams(server.heard[0]?.body).get('ExternalId')).toBe('team-web-42');
    expect(scrub('session-secret-1 session-token-1 team-web-42')).toBe('*** *** ***');
  });

  it('that are refused make the account unreachable, with the role and the reason', async () => {
    const world = await opened([refusing('EntityNotExist.Role', 'The role not exists.')]);
    const refused = await refusalOf(look(world));
    expect(refused.message).toBe(
      'account 2000000000000002 cannot be entered, acs:ram::2000000000000002:role/failover-operator was not assumed: sts AssumeRole: EntityNotExist.Role: The role not exists.',
    );
    expect(refused.detail).toMatchObject({ unreachable: true, worthRepeating: false, mayHaveWorked: false });
  });

  it('need a role: without one no call is sent with the keys of home', async () => {
    const world = await opened([noInstance]);
    const refused = await refusalOf(look(world, { account: '2000000000000002', region: 'cn-shanghai' }));
    expect(refused.message).toContain('the settings name no role in it');
    expect(server.heard).toEqual([]);
  });

  it('are not needed at home, nor in another region of it', async () => {
    const world = await opened([noInstance]);
    await look(world, { account: '1690700000000030', region: 'cn-hangzhou' });
    await look(world, { account: '1690700000000030', region: 'cn-beijing' });
    expect(heard()).toEqual([
      'DescribeInstances LTAIhome cn-hangzhou',
      'DescribeInstances LTAIhome cn-beijing',
    ]);
  });
});

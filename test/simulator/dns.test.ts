import { startSimulator, type Simulator } from '../support/simulator';

const web1 = 'i-bp1web0000000000001';
const web2 = 'i-bp1web0000000000002';
const zone = 'CAgICA1OA_58';
const start = Date.parse('2026-11-17T07:10:00Z');
/** Ids by their place in the fleet file. */
const [www1, www2, apex, mail, db1] = ['9000000', '9000001', '9000002', '9000003', '9001000'];
const fleet = {
  instances: [
    { id: web1, zone: 'cn-hangzhou-h', privateIp: '192.168.10.11', publicIp: '203.0.113.11' },
    { id: web2, zone: 'cn-hangzhou-i', privateIp: '192.168.10.12', publicIp: '203.0.113.12' },
  ],
  dnsZones: [
    {
      domain: 'example.com',
      records: [
        { rr: 'www', value: '203.0.113.11' },
        { rr: 'www', value: '203.0.113.12', ttlSeconds: 60, share: 20 },
        { rr: '@', value: '203.0.113.12', line: 'telecom', on: false },
        { rr: 'mail', type: 'CNAME' as const, value: 'www.example.net', locked: true },
      ],
    },
    {
      privateZone: zone,
      records: [
        { rr: 'db', value: '192.168.10.11', ttlSeconds: 60 },
        { rr: 'db', value: '192.168.10.12', ttlSeconds: 60, share: 3 },
      ],
    },
  ],
};

type Row = Record<string, unknown>;
let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator(fleet);
});
afterEach(() => sim.close());

const alidns = (action: string, params: Row) => sim.call('alidns', action, params);
const pvtz = (action: string, params: Row) => sim.call('pvtz', action, params);
const recordsOf = (answer: Row) => (answer.DomainRecords as { Record: Row[] }).Record;
const idsOf = async (params: Row, action = 'DescribeDomainRecords') =>
  recordsOf(await alidns(action, { DomainName: 'example.com', ...params })).map((one) => one.RecordId);
const shownOf = async (id: string) =>
  recordsOf(await alidns('DescribeDomainRecords', { DomainName: 'example.com' })).find(
    (one) => one.RecordId === id,
  );
const setStatus = (RecordId: string, Status: string) => alidns('SetDomainRecordStatus', { RecordId, Status });
const writes = async () => ((await sim.knock('GET', '/writes')) as { writes: Row[] }).writes;

describe('DescribeDomainRecords', () => {
  it('tells the state in capitals', async () => {
    expect(await idsOf({})).toEqual([www1, www2, apex, mail]);
    expect(await shownOf(www2)).toMatchObject({
      DomainName: 'example.com',
      RR: 'www',
      Type: 'A',
      Value: '203.0.113.12',
      Line: 'default',
      TTL: 60,
      Status: 'ENABLE',
      Locked: false,
      Weight: 20,
      LbaStatus: false,
    });
    expect(await shownOf(apex)).toMatchObject({ RR: '@', Status: 'DISABLE', TTL: 600, Weight: 1 });
    expect(await shownOf(mail)).toMatchObject({ Type: 'CNAME', Locked: true });
  });

  it.each([
    [{ RRKeyWord: 'WW' }, [www1, www2]],
    [{ ValueKeyWord: '113.12' }, [www2, apex]],
    [{ TypeKeyWord: 'cname' }, [mail]],
    [{ Type: 'A', Line: 'telecom' }, [apex]],
    [{ Status: 'Disable' }, [apex]],
    [{ KeyWord: 'www' }, [www1, www2, mail]],
    [{ KeyWord: 'www', RRKeyWord: 'mail' }, [www1, www2, mail]],
    [{ SearchMode: 'EXACT', KeyWord: 'www' }, [www1, www2]],
    [{ SearchMode: 'EXACT', KeyWord: '203.0.113.12', Status: 'Enable' }, [www2, apex]],
    [{ SearchMode: 'ADVANCED', KeyWord: 'mail', RRKeyWord: 'www' }, [www1, www2]],
  ])('finds with %j', async (params, ids) => {
    expect(await idsOf(params)).toEqual(ids);
  });

  it('has pages of 20, and of up to 500', async () => {
    const asked = { DomainName: 'example.com', PageSize: 3, PageNumber: 2 };
    const page = await alidns('DescribeDomainRecords', asked);
    expect(page).toMatchObject({ TotalCount: 4, PageNumber: 2, PageSize: 3 });
    expect(recordsOf(page)).toMatchObject([{ RecordId: mail }]);
    expect(await alidns('DescribeDomainRecords', { DomainName: 'example.com' })).toMatchObject({
      PageSize: 20,
    });
    expect(await sim.codeOf(idsOf({ PageSize: 501 }))).toBe('InvalidParameter');
  });

  it('does not know other domains, nor zones of PrivateZone', async () => {
    for (const DomainName of ['example.net', zone]) {
      expect(await sim.codeOf(idsOf({ DomainName }))).toBe('InvalidDomainName.NoExist');
    }
    expect(await sim.codeOf(idsOf({ SearchMode: 'GUESS' }))).toBe('InvalidParameter');
  });
});

describe('DescribeSubDomainRecords', () => {
  const of = (SubDomain: string, more: Row = {}) =>
    idsOf({ SubDomain, DomainName: '', ...more }, 'DescribeSubDomainRecords');

  it('finds the records of exactly one name', async () => {
    expect(await of('www.example.com')).toEqual([www1, www2]);
    expect(await of('ww.example.com')).toEqual([]);
    expect(await of('example.com')).toEqual([apex]);
    expect(await of('@.example.com', { DomainName: 'example.com' })).toEqual([apex]);
    expect(await of('example.com', { Line: 'default' })).toEqual([]);
    expect(await of('mail.example.com', { Type: 'A' })).toEqual([]);
  });

  it('does not know names of other domains', async () => {
    expect(await sim.codeOf(of('www.example.net'))).toBe('InvalidDomainName.NoExist');
    expect(await sim.codeOf(of('www.example.net', { DomainName: 'example.com' }))).toBe('InvalidParameter');
    expect(await sim.codeOf(of('www.example.com', { PageSize: 101 }))).toBe('InvalidParameter');
  });
});

describe('SetDomainRecordStatus', () => {
  it('switches a record off and on', async () => {
    expect(await setStatus(www1, 'Disable')).toMatchObject({ RecordId: www1, Status: 'Disable' });
    expect(await shownOf(www1)).toMatchObject({ Status: 'DISABLE', Value: '203.0.113.11', TTL: 600 });
    await setStatus(www1, 'Enable');
    expect(await shownOf(www1)).toMatchObject({ Status: 'ENABLE' });
    const done = { product: 'alidns', action: 'SetDomainRecordStatus', target: www1, outcome: 'done' };
    expect(await writes()).toMatchObject([done, done]);
  });

  it('takes the last record of a name, too', async () => {
    await setStatus(www1, 'Disable');
    await setStatus(www2, 'Disable');
    expect(await idsOf({ RRKeyWord: 'www', Status: 'Enable' })).toEqual([]);
  });

  it.each([
    [www1, 'DISABLE', 'InvalidParameter'],
    [mail, 'Disable', 'DomainRecordLocked'],
    ['999', 'Disable', 'DomainRecordNotBelongToUser'],
    [db1, 'Disable', 'DomainRecordNotBelongToUser'],
    [www1, '', 'MissingStatus'],
  ])('of %s to "%s" gets %s', async (id, status, code) => {
    expect(await sim.codeOf(setStatus(id, status))).toBe(code);
  });

  it('may call a record that is not there by another code', async () => {
    await sim.knock('PUT', '/switches', { dnsNotFoundNamesRr: true });
    expect(await sim.codeOf(setStatus('999', 'Disable'))).toBe('InvalidRR.NoExist');
  });

  it('waits for whoever unlocks the record', async () => {
    await sim.knock('PATCH', `/dns-records/${mail}`, { locked: false });
    expect(await setStatus(mail, 'Disable')).toMatchObject({ Status: 'Disable' });
  });
});

describe('UpdateDomainRecord', () => {
  const update = (change: Row = {}) =>
    alidns('UpdateDomainRecord', { RecordId: www2, RR: 'www', Type: 'A', Value: '203.0.113.12', ...change });

  it('says something else, and takes the standard time to live when none is named', async () => {
    expect(await update({ Value: '203.0.113.99' })).toMatchObject({ RecordId: www2 });
    const shown = { Value: '203.0.113.99', TTL: 600, Weight: 20, Status: 'ENABLE' };
    expect(await shownOf(www2)).toMatchObject(shown);
  });

  it.each([
    [true, 'DomainRecordDuplicate'],
    [false, undefined],
  ])('refuses to change nothing or not (%s)', async (dnsRefusesNoChange, code) => {
    await sim.knock('PUT', '/switches', { dnsRefusesNoChange });
    expect(await sim.codeOf(update({ TTL: 60 }))).toBe(code);
  });

  it('refuses to make a twin of another record, bad times to live, and what is locked', async () => {
    await sim.knock('PUT', '/switches', { dnsRefusesNoChange: false });
    expect(await sim.codeOf(update({ Value: '203.0.113.11' }))).toBe('DomainRecordDuplicate');
    expect(await sim.codeOf(update({ TTL: -1 }))).toBe('InvalidParameter');
    expect(await sim.codeOf(update({ RecordId: mail }))).toBe('DomainRecordLocked');
  });
});

describe('answering by weight', () => {
  const SubDomain = 'www.example.com';
  const weigh = (RecordId: string, Weight: number) => alidns('UpdateDNSSLBWeight', { RecordId, Weight });
  const names = async (params: Row = {}) => {
    const answer = await alidns('DescribeDNSSLBSubDomains', { DomainName: 'example.com', ...params });
    return (answer.SlbSubDomains as { SlbSubDomain: Row[] }).SlbSubDomain;
  };

  it('is switched on for a name, and off', async () => {
    expect(await alidns('SetDNSSLBStatus', { SubDomain })).toMatchObject({ Open: true, RecordCount: 2 });
    expect(await names({ Rr: 'www' })).toEqual([
      {
        SubDomain,
        Type: 'A',
        Open: true,
        RecordCount: 2,
        LineAlgorithms: { LineAlgorithm: [{ Line: 'default', Open: true }] },
      },
    ]);
    expect(await shownOf(www2)).toMatchObject({ LbaStatus: true });
    expect(await alidns('SetDNSSLBStatus', { SubDomain, Open: false })).toMatchObject({ Open: false });
    expect((await names()).map(({ SubDomain: name, Open }) => [name, Open])).toEqual([
      ['www.example.com', false],
      ['example.com', false],
    ]);
    expect((await writes()).map(({ target }) => target)).toEqual([SubDomain, SubDomain]);
  });

  it('has weights from 1 to 100: zero is not allowed', async () => {
    await alidns('SetDNSSLBStatus', { SubDomain });
    expect(await weigh(www1, 100)).toMatchObject({ RecordId: www1, Weight: 100 });
    expect(await shownOf(www1)).toMatchObject({ Weight: 100 });
    expect(await sim.codeOf(weigh(www1, 0))).toBe('InvalidWeigth');
    expect(await sim.codeOf(weigh(www1, 101))).toBe('InvalidWeigth');
  });

  it('is needed before a weight can be changed, and the record must be on', async () => {
    expect(await sim.codeOf(weigh(www1, 10))).toBe('DisableDNSSLB');
    await alidns('SetDNSSLBStatus', { SubDomain });
    await setStatus(www1, 'Disable');
    expect(await sim.codeOf(weigh(www1, 10))).toBe('DomainRecordDisable');
  });

  it('is for addresses only', async () => {
    const aliases = { SubDomain: 'mail.example.com', Type: 'CNAME' };
    expect(await sim.codeOf(alidns('SetDNSSLBStatus', aliases))).toBe('InvalidParameter');
  });
});

describe('a zone of PrivateZone', () => {
  const first = [9001000, '192.168.10.11', 60, 1, 'ENABLE'];
  const second = [9001001, '192.168.10.12', 60, 3, 'ENABLE'];
  const list = async (params: Row = {}) => pvtz('DescribeZoneRecords', { ZoneId: zone, ...params });
  const rows = async (params: Row = {}) =>
    ((await list(params)).Records as { Record: Row[] }).Record.map(
      ({ RecordId, Value, Ttl, Weight, Status }) => [RecordId, Value, Ttl, Weight, Status],
    );
  const update = (change: Row = {}) =>
    pvtz('UpdateZoneRecord', { RecordId: '9001001', Rr: 'db', Type: 'A', Value: '192.168.10.12', ...change });
  const set = (Status: string, more: Row = {}) =>
    pvtz('SetZoneRecordStatus', { RecordId: db1, Status, ...more });

  it('lists its records with numbers for ids, and totals under names of their own', async () => {
    expect(await rows()).toEqual([first, second]);
    const totals = { TotalItems: 2, TotalPages: 2, PageSize: 1, PageNumber: 1 };
    expect(await list({ PageSize: 1 })).toMatchObject(totals);
    expect(await rows({ PageSize: 1, PageNumber: 2 })).toEqual([second]);
    expect(await sim.codeOf(list({ PageSize: 101 }))).toBe('InvalidParameter');
  });

  it('finds by name and value', async () => {
    expect(await rows({ Keyword: '10.12' })).toEqual([second]);
    expect(await rows({ Keyword: '10.12', SearchMode: 'EXACT' })).toEqual([]);
    expect(await rows({ Keyword: '192.168.10.12', SearchMode: 'EXACT' })).toEqual([second]);
    expect(await rows({ Keyword: 'DB' })).toHaveLength(2);
  });

  it('does not know other zones, nor domains of Alidns', async () => {
    expect(await sim.codeOf(list({ ZoneId: 'other' }))).toBe('Zone.NotExists');
    expect(await sim.codeOf(list({ ZoneId: 'example.com' }))).toBe('Zone.NotExists');
  });

  it('switches a record off and on, in capitals', async () => {
    expect(await set('DISABLE')).toMatchObject({ RecordId: 9001000, Status: 'DISABLE' });
    expect(await rows()).toEqual([[...first.slice(0, 4), 'DISABLE'], second]);
    expect(await sim.codeOf(set('Enable'))).toBe('InvalidParameter');
    expect(await sim.codeOf(set('ENABLE', { RecordId: www1 }))).toBe('DomainRecordNotBelongToUser');
    await set('ENABLE');
    expect(await rows()).toEqual([first, second]);
  });

  it('answers a ClientToken that comes again as the first time, and does nothing', async () => {
    await set('DISABLE', { ClientToken: 'once' });
    await set('ENABLE');
    expect(await set('DISABLE', { ClientToken: 'once' })).toMatchObject({ Status: 'DISABLE' });
    expect(await rows()).toEqual([first, second]);
  });

  it('takes a few times to live only, and weights from 1 to 100', async () => {
    await update({ Ttl: 5, Weight: 100 });
    expect(await rows({ Keyword: '10.12' })).toEqual([[9001001, '192.168.10.12', 5, 100, 'ENABLE']]);
    await update();
    expect(await rows({ Keyword: '10.12' })).toEqual([[9001001, '192.168.10.12', 60, 1, 'ENABLE']]);
    expect(await sim.codeOf(update({ Ttl: 600 }))).toBe('InvalidParameter');
    expect(await sim.codeOf(update({ Weight: 101 }))).toBe('InvalidParameter');
  });
});

describe('clients that come by a name', () => {
  /** By which names clients come or came to the instance: each weight, and so many seconds after the start. */
  const leads = async (id: string) => {
    const { places } = (await sim.knock('GET', `/instances/${id}/traffic?from=0&to=1`)) as {
      places: { group: string; server: string; weights: { at: number; weight: number }[] }[];
    };
    return places
      .filter(({ group }) => group.endsWith('/www'))
      .map(({ weights }) => weights.map(({ at, weight }) => [Math.max(0, (at - start) / 1000), weight]));
  };

  it('stay for the time to live after a record was switched off, and are there at once when it is on', async () => {
    await setStatus(www1, 'Disable');
    expect(await leads(web1)).toEqual([
      [
        [0, 100],
        [600, 0],
      ],
    ]);
    await sim.advance(700_000);
    await setStatus(www1, 'Enable');
    expect((await leads(web1))[0]?.at(-1)).toEqual([700, 100]);
  });

  it('keep the old answer when the record says another address', async () => {
    await sim.advance(1_000);
    await sim.knock('PATCH', `/dns-records/${www2}`, { value: '203.0.113.11', ttlSeconds: 5 });
    expect(await leads(web2)).toEqual([
      [
        [0, 100],
        [61, 0],
      ],
    ]);
    expect(await leads(web1)).toEqual([[[0, 100]], [[1, 100]]]);
  });

  it('have long answers still after a shorter time to live was set just before', async () => {
    await sim.advance(1_000);
    await sim.knock('PATCH', `/dns-records/${www1}`, { ttlSeconds: 5 });
    await sim.advance(1_000);
    await setStatus(www1, 'Disable');
    expect((await leads(web1))[0]?.at(-1)).toEqual([601, 0]);
  });
});

describe('the front door', () => {
  it('changes a record as a person would, and knows its own only', async () => {
    await sim.knock('PATCH', `/dns-records/${www1}`, { on: false, share: 7 });
    expect(await shownOf(www1)).toMatchObject({ Status: 'DISABLE', Weight: 7 });
    expect(await writes()).toMatchObject([{ product: 'person', action: 'SetRecord', target: www1 }]);
    await expect(sim.knock('PATCH', '/dns-records/999', {})).rejects.toThrow(
      'no DNS record "999"; known: 9000000, 9000001, 9000002, 9000003, 9001000, 9001001',
    );
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import { buildWorld } from '../../simulator/fleet/build';
import { exampleFleet } from '../../simulator/fleet/example';
import { parseFleet } from '../../simulator/fleet/read';

describe('a fleet file', () => {
  it('may leave out nearly everything', () => {
    const world = parseFleet('instances: [{id: i-1, zone: cn-hangzhou-h}]', 'fleet.yml');
    expect(world.instances.get('i-1')).toMatchObject({
      type: 'ecs.g7.large',
      stopSeconds: 15,
      bootSeconds: 60,
      agentSeconds: 20,
      applicationSeconds: 20,
      disks: [{ kind: 'system', device: '/dev/xvda' }],
    });
  });

  it('is told all its mistakes at once, each with file, path, what was found and what is expected', () => {
    const text = 'instances:\n  - {id: web-1, zone: cn-hangzhou-h, colour: red}\nstart: yesterday\n';
    expect(() => parseFleet(text, 'my/fleet.yml')).toThrow(
      [
        'my/fleet.yml: start: found "yesterday"; expected a UTC time such as "2026-11-17T07:10:00Z"',
        'my/fleet.yml: instances.0.id: found "web-1"; Invalid string: must start with "i-"',
        'my/fleet.yml: instances.0: found {"id":"web-1","zone":"cn-hangzhou-h","colour":"red"}; Unrecognized key: "colour"',
      ].join('\n'),
    );
  });

  it('may only send traffic to instances it has', () => {
    const text =
      'loadBalancers: [{id: lb-1, defaultGroup: [{server: i-9}]}]\ninstances: [{id: i-1, zone: h}]';
    expect(() => parseFleet(text, 'fleet.yml')).toThrow(
      'fleet.yml: loadBalancers.lb-1: found server i-9; expected one of i-1',
    );
  });

  it('may name network interfaces behind a CLB, and its listeners and rules only its own groups', () => {
    const balancer = (more: string) =>
      `instances: [{id: i-1, zone: h, eni: eni-1}]\nloadBalancers: [{id: lb-1, ${more}}]`;
    const mine = 'defaultGroup: [{server: eni-1, ip: 192.168.0.10}], vServerGroups: [{id: rsp-1}]';
    expect(parseFleet(balancer(mine), 'fleet.yml').loadBalancers.get('lb-1')?.defaultGroup).toMatchObject([
      { serverId: 'eni-1', serverIp: '192.168.0.10', weight: 100 },
    ]);
    const listeners = [
      '{port: 1, backendPort: 1, vServerGroup: rsp-2}',
      '{port: 2, backendPort: 2, masterSlaveGroup: rsp-1}',
      '{port: 3, backendPort: 3, rules: [{id: rule-1, vServerGroup: rsp-3}]}',
    ];
    expect(() => parseFleet(balancer(`${mine}, listeners: [${listeners.join(', ')}]`), 'fleet.yml')).toThrow(
      [
        'fleet.yml: loadBalancers.lb-1: found group rsp-2; expected one of rsp-1',
        'fleet.yml: loadBalancers.lb-1: found group rsp-1; expected one of there is none',
        'fleet.yml: loadBalancers.lb-1: found group rsp-3; expected one of rsp-1',
      ].join('\n'),
    );
  });

  it('may only name servers in its groups that it has, and groups in its load balancers', () => {
    const text = [
      'instances: [{id: i-1, zone: h, privateIp: 192.168.10.11}]',
      'serverGroups:',
      '  - {id: sgp-1, servers: [{server: i-1, port: 1}, {server: eni-1, port: 1}, {server: eci-9, port: 1}]}',
      '  - {id: sgp-2, type: Ip, servers: [{server: 192.168.10.11, port: 1}, {server: 192.168.10.12, port: 1}]}',
      '  - {id: sgp-3, product: nlb, servers: [{server: i-9, port: 1}]}',
      'applicationLoadBalancers:',
      '  - id: alb-1',
      '    listeners: [{id: lsn-1, port: 80, groups: [sgp-1], rules: [{id: rule-1, groups: [sgp-3]}]}]',
      'networkLoadBalancers: [{id: nlb-1, listeners: [{id: lsn-2, port: 80, group: sgp-1}]}]',
    ];
    expect(() => parseFleet(text.join('\n'), 'fleet.yml')).toThrow(
      [
        'fleet.yml: serverGroups.sgp-2: found server 192.168.10.12; expected an instance of the fleet, its eni or its privateIp',
        'fleet.yml: serverGroups.sgp-3: found server i-9; expected an instance of the fleet, its eni or its privateIp',
        'fleet.yml: applicationLoadBalancers.alb-1: found group sgp-3; expected one of alb: sgp-1, sgp-2',
        'fleet.yml: networkLoadBalancers.nlb-1: found group sgp-1; expected one of nlb: sgp-3',
      ].join('\n'),
    );
  });

  it('may only set messages aside in another queue that it has', () => {
    const policy = 'dlqPolicy: {deadLetterTargetQueue: runs, maxReceiveCount: 3}';
    expect(() => parseFleet(`queues: [{name: runs, ${policy}}, {name: dead}]`, 'fleet.yml')).toThrow(
      'fleet.yml: queues.runs.dlqPolicy.deadLetterTargetQueue: found runs; expected another queue: dead',
    );
  });

  it('may only set switches and settings that are known', () => {
    const told = (text: string) => () => parseFleet(text, 'fleet.yml');
    expect(told('switches: {rain: true}')).toThrow(
      'fleet.yml: switches: found {"rain":true}; Unrecognized key: "rain"',
    );
    expect(told('settings: {rain: 1}')).toThrow(
      'fleet.yml: settings: found {"rain":1}; Unrecognized key: "rain"',
    );
  });

  it('is not needed: there is an example', () => {
    expect([...buildWorld(exampleFleet).loadBalancers.get('lb-bp1web0000001')!.vServerGroups.keys()]).toEqual(
      ['rsp-bp1grp000001'],
    );
  });
});

describe('the program', () => {
  it('prints one JSON object, serves, and ends when told to', async () => {
    const child = spawn(process.execPath, ['-', '--json'], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end(bundled());
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const facts = JSON.parse(line) as Record<string, string>;
    expect(Object.keys(facts)).toEqual([
      'endpoint',
      'account',
      'accessKeyId',
      'accessKeySecret',
      'region',
      'bucket',
    ]);
    const response = await fetch(`${facts.endpoint}/_sim`);
    expect(await response.json()).toMatchObject({ account: facts.account });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});

/** The program as it is built for dist/, without writing it there. */
function bundled(): string {
  const entryPoints = ['simulator/main.ts'];
  const { outputFiles } = buildSync({
    entryPoints,
    bundle: true,
    platform: 'node',
    packages: 'external',
    write: false,
  });
  return outputFiles[0]!.text;
}

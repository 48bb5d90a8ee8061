import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mixedFleet = 'playbooks/examples/mixed-fleet';
const shop1 = 'i-bp1shop000000000001';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function ecsFailover(...args: readonly string[]): Promise<Ended> {
  const { FAILOVER_BUCKET: _bucket, ALIBABA_CLOUD_ACCESS_KEY_ID: _key, ...env } = process.env;
  return new Promise((resolve) => {
    const child = execFile('node', ['dist/cli.js', ...args], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

describe('ecs-failover traffic', () => {
  it('finds every place of an instance, by whatever name the group knows it (C35)', async () => {
    const { code, stdout } = await ecsFailover('traffic', shop1, '--playbooks', mixedFleet);
    expect(code).toBe(0);
    const cells = stdout.split('\n').map((line) => line.split(/ {2,}/));
    const rows = cells.filter(([group = '']) => /^(clb|alb|nlb)\//.test(group));
    expect(rows.map((row) => row.slice(0, 7))).toEqual([
      [
        'clb/lb-bp1shop0000001/default (default group)',
        '100',
        'normal',
        'instance',
        'listener 80 http',
        'yes',
      ],
      [
        'clb/lb-bp1shop0000001/rsp-bp1shop8443 (shop-https)',
        '8443',
        '100',
        'normal',
        'instance',
        'listener 443 https',
        'yes',
      ],
      [
        'clb/lb-bp1shop0000001/rsp-bp1shop8443 (shop-https)',
        '8444',
        '40',
        'normal',
        'instance',
        'listener 443 https',
        'yes',
      ],
      [
        'clb/lb-bp1partner00001/rsp-bp1partner (partners)',
        '8000',
        '30',
        'normal',
        'instance',
        'listener 8000 tcp',
        'yes',
      ],
      ['alb/sgp-bp1shopweb000001 (shop-web)', '8080', '100', 'normal', 'instance', 'listener 80 http', 'yes'],
      [
        'alb/sgp-bp1shopapi000001 (shop-api)',
        '9090',
        '60',
        'normal',
        '192.168.10.21',
        'rule rule-bp1shopapi0001 of listener 80 http',
        'yes',
      ],
      ['nlb/sgp-bp1shoptcp000001 (shop-tcp)', '9000', '80', 'normal', 'instance', 'listener 9000 tcp', 'yes'],
    ]);
    expect(stdout).toContain('connection draining 60 s, on removal');
    expect(stdout).toContain('scaling group asg-bp1shop000000001: InService');
  });

  it('exits 1 when the instance serves where its pool does not look, and names the place', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'traffic-'));
    const fleet = readFileSync(`${mixedFleet}/example/fleet.yml`, 'utf8').replaceAll(
      'app: shop',
      'app: storefront',
    );
    writeFileSync(join(folder, 'fleet.yml'), fleet);
    const { code, stdout } = await ecsFailover('traffic', shop1, '--fleet', join(folder, 'fleet.yml'));
    expect(code).toBe(1);
    expect(stdout).toContain(
      'serves outside of what pool web-hangzhou names: clb/lb-bp1shop0000001/default/',
    );
  });

  it('answers machines with one object', async () => {
    const { stdout } = await ecsFailover('traffic', shop1, '--playbooks', mixedFleet, '--json');
    const report = JSON.parse(stdout) as { places: { membership: { group: string } }[]; pools: string[] };
    expect(report.pools).toEqual(['shop-hangzhou']);
    expect(report.places).toHaveLength(7);
  });

  it('exits 2 for an instance that is not there', async () => {
    const { code, stderr } = await ecsFailover('traffic', 'i-bp1nobody');
    expect(code).toBe(2);
    expect(stderr).toContain('there is no instance i-bp1nobody');
  });
});

describe('ecs-failover rehearse --example', () => {
  it('plays the mixed fleet to its end, every weight back, and shows them over time (C34, C35, C53)', async () => {
    const { code, stdout } = await ecsFailover('rehearse', '--example', 'mixed-fleet', '--json');
    const report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
      violations: string[];
      traffic: {
        groups: { group: string; before: number; during: number[]; after: number }[];
        connections: { value: number }[];
      }[];
    };
    expect(code).toBe(0);
    expect(report.violations).toEqual([]);
    expect(
      report.traffic[0]?.groups.map(({ group, before, during, after }) => [group, before, during[0], after]),
    ).toEqual([
      ['clb/lb-bp1shop0000001/default', 100, 0, 100],
      ['clb/lb-bp1shop0000001/rsp-bp1shop8443', 100, 0, 100],
      ['clb/lb-bp1shop0000001/rsp-bp1shop8443', 40, 0, 40],
      ['clb/lb-bp1partner00001/rsp-bp1partner', 30, 0, 30],
      ['alb/sgp-bp1shopweb000001', 100, 0, 100],
      ['alb/sgp-bp1shopapi000001', 60, 0, 60],
      ['nlb/sgp-bp1shoptcp000001', 80, 0, 80],
    ]);
    const connections = report.traffic[0]?.connections.map(({ value }) => value) ?? [];
    expect([connections[0], Math.min(...connections), connections.at(-1)]).toEqual([1022, 0, 1022]);
  });

  it('lists the examples when it does not know one', async () => {
    const { code, stderr } = await ecsFailover('rehearse', '--example', 'nothing');
    expect(code).toBe(2);
    expect(stderr).toContain(
      '--example: found nothing; expected active-standby or disk-by-redeploy or mixed-fleet or ordered-cluster',
    );
  });
});

import { smallFleet, web1, web2 } from '../support/fleet';
import { startSimulator } from '../support/simulator';
import type { Simulator } from '../support/simulator';

const fleet = {
  ...smallFleet,
  instances: (smallFleet.instances ?? []).map((each) =>
    each.id === web2 ? { ...each, system: 'windows' as const } : each,
  ),
};

let sim: Simulator;
beforeAll(async () => {
  sim = await startSimulator(fleet);
});
afterAll(() => sim.close());

async function look(id = web1, more: object = {}): Promise<{ readonly at: string; readonly text: string }> {
  const answer = (await sim.call('ecs', 'GetInstanceConsoleOutput', { InstanceId: id, ...more })) as {
    LastUpdateTime: string;
    ConsoleOutput: string;
  };
  return { at: answer.LastUpdateTime, text: Buffer.from(answer.ConsoleOutput, 'base64').toString('utf8') };
}
const take = (id = web1) => sim.call('ecs', 'GetInstanceScreenshot', { InstanceId: id });

describe('console output', () => {
  it('shows a healthy start, with symbols unless they are asked away', async () => {
    const { text } = await look();
    expect(text).toContain('[    0.000000] Linux version 5.10.134');
    expect(text).toContain('[\u001b[0;32m  OK  \u001b[0m] Reached target Multi-User System.\r\n');
    expect((await look(web1, { RemoveSymbols: true })).text).toContain('[  OK  ] Reached target');
  });

  it('tells when the last line came in Shanghai time, or in UTC where the switch says so', async () => {
    await sim.knock('PUT', `/instances/${web1}/console`, { text: 'x', lastUpdate: '2026-03-02T02:04:57Z' });
    expect((await look()).at).toBe('2026-03-02 10:04:57');
    await sim.knock('PUT', '/switches', { consoleTimeIsUtc: true });
    expect((await look()).at).toBe('2026-03-02 02:04:57');
    await sim.knock('PUT', '/switches', { consoleTimeIsUtc: false });
  });

  it('goes on behind what was laid down when the instance restarts', async () => {
    await sim.knock('PUT', `/instances/${web1}/console`, { text: '[ 9.1] Kernel panic - not syncing: x\n' });
    await sim.call('ecs', 'RebootInstance', { InstanceId: web1 });
    await sim.advance(600_000);
    expect((await look()).text).toMatch(/^\[ 9.1\] Kernel panic - not syncing: x\n\[ {4}0\.000000\] Linux/);
  });

  it('keeps the end of a long log', async () => {
    await sim.knock('PUT', `/instances/${web1}/console`, { text: `head${'a\n'.repeat(40_000)}tail` });
    const { text } = await look();
    expect(text.length).toBe(65_536);
    expect(text.endsWith('tail')).toBe(true);
  });

  it('knows bytes that are no text', async () => {
    await sim.knock('PUT', `/instances/${web1}/console`, { base64: '/wBh' });
    const answer = await sim.call('ecs', 'GetInstanceConsoleOutput', { InstanceId: web1 });
    expect(answer).toMatchObject({ InstanceId: web1, ConsoleOutput: '/wBh' });
  });

  it('is not there for Windows, for strangers, and where the switch wants a running instance', async () => {
    await expect(look(web2)).rejects.toMatchObject(refused(405, 'NotSupported'));
    await expect(look('i-none')).rejects.toMatchObject(refused(404, 'InvalidParameter'));
    await sim.knock('PUT', '/switches', { consoleNeedsRunning: true });
    await sim.knock('PATCH', `/instances/${web1}`, { status: 'Stopped' });
    await expect(look()).rejects.toMatchObject(refused(405, 'IncorrectInstanceStatus'));
    await expect(take()).rejects.toMatchObject(refused(405, 'IncorrectInstanceStatus'));
    await sim.knock('PUT', '/switches', { consoleNeedsRunning: false });
    await sim.knock('PATCH', `/instances/${web1}`, { status: 'Running' });
  });
});

describe('a screenshot', () => {
  it('is a PNG or a JPEG, of Windows too, and comes ten seconds apart', async () => {
    expect(await take(web2)).toMatchObject({ Screenshot: expect.stringMatching(/^iVBORw0KGgo/) as string });
    await expect(take(web2)).rejects.toMatchObject(refused(429, 'Throttling'));
    await sim.advance(10_000);
    await sim.knock('PUT', '/switches', { screenshotIsJpeg: true });
    expect(await take(web2)).toMatchObject({ Screenshot: expect.stringMatching(/^\/9j\//) as string });
  });
});

/** As pop-core throws it. */
function refused(statusCode: number, code: string): object {
  return { code, entry: { response: { statusCode } } };
}

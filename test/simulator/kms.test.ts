import { startSimulator, type Simulator } from '../support/simulator';

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ secrets: { 'failover/pager-url': 'https://pager.example.com/t0ken' } });
});
afterEach(() => sim.close());

const ask = (SecretName: string, more: object = {}) =>
  sim.call('kms', 'GetSecretValue', { SecretName, ...more });

describe('GetSecretValue', () => {
  it('answers a secret by its name', async () => {
    expect(await ask('failover/pager-url')).toMatchObject({
      SecretName: 'failover/pager-url',
      SecretData: 'https://pager.example.com/t0ken',
      SecretDataType: 'text',
      VersionStages: { VersionStage: ['ACSCurrent'] },
    });
  });

  it('does not know another name, or another stage', async () => {
    expect(await sim.codeOf(ask('failover/pager'))).toBe('Forbidden.ResourceNotFound');
    const before = ask('failover/pager-url', { VersionStage: 'ACSPrevious' });
    expect(await sim.codeOf(before)).toBe('Forbidden.ResourceNotFound');
  });
});

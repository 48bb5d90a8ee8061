import { strToU8, zipSync } from 'fflate';
import { functionKey } from '../../simulator/core/compute';
import { asyncConfigOf, putAsyncConfig, removeAsyncConfig } from '../../simulator/fc/async-config';
import { crc64 } from '../../simulator/core/crc64';
import {
  createFunction,
  createService,
  functionArn,
  functionOf,
  putConcurrency,
  removeFunction,
  removeService,
  updateFunction,
  updateService,
} from '../../simulator/fc/resources';
import { createTrigger, removeTrigger, triggerOf, updateTrigger } from '../../simulator/fc/triggers';
import { buildWorld } from '../../simulator/fleet/build';
import { storeObject } from '../../simulator/oss/objects';

const zip = Buffer.from(zipSync({ 'index.js': strToU8('exports.handler = async () => "hello";') }));
const spec = {
  functionName: 'poll',
  handler: 'index.handler',
  runtime: 'nodejs20',
  code: { zipFile: zip.toString('base64') },
};

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

describe('what is deployed in Function Compute', () => {
  it('knows a function of 3.0 by its name and one of 2.0 by its service', () => {
    const world = buildWorld();
    createService(world, { serviceName: 'failover', role: 'acs:ram::1690700000000030:role/failover' });
    const old = createFunction(world, spec, 'failover');
    const current = createFunction(world, spec);
    expect(functionArn(world, old)).toBe(
      'acs:fc:cn-hangzhou:1690700000000030:services/failover/functions/poll',
    );
    expect(functionArn(world, current)).toBe('acs:fc:cn-hangzhou:1690700000000030:functions/poll');
    expect(current.properties).toMatchObject({ timeout: 3, memorySize: 128, environmentVariables: {} });
    expect(codeOf(() => createFunction(world, spec))).toBe('FunctionAlreadyExists');
    expect(codeOf(() => functionOf(world, functionKey('other', 'poll')))).toBe('FunctionNotFound');
    updateService(world, 'failover', { internetAccess: true });
    expect(world.compute.services.get('failover')?.properties).toMatchObject({ internetAccess: true });
  });

  it('keeps what an update does not name, and replaces environment variables as a whole', () => {
    const world = buildWorld();
    createFunction(world, { ...spec, timeout: 60, environmentVariables: { A: '1', B: '2' } });
    const { properties } = updateFunction(world, 'poll', {
      memorySize: 256,
      environmentVariables: { C: '3' },
    });
    expect(properties).toMatchObject({ timeout: 60, memorySize: 256, environmentVariables: { C: '3' } });
  });

  it('takes code from an object of OSS that is there, and nothing but zips', () => {
    const world = buildWorld({ bucket: 'code' });
    const fromOss = { ...spec, code: { ossBucketName: 'code', ossObjectName: 'code/poll.zip' } };
    expect(codeOf(() => createFunction(world, fromOss))).toBe('InvalidArgument');
    storeObject(world, world.buckets.get('code')!, 'code/poll.zip', zip);
    expect(createFunction(world, fromOss).code).toEqual({ zip, checksum: crc64(zip) });
    const text = { ...spec, functionName: 'text', code: { zipFile: Buffer.from('text').toString('base64') } };
    expect(codeOf(() => createFunction(world, text))).toBe('InvalidArgument');
    // The check value of CRC-64/XZ: https://reveng.sourceforge.io/crc-catalogue/17plus.htm
    expect(crc64(Buffer.from('123456789'))).toBe(String(0x995dc9bbdf1939fan));
  });

  it('refuses what the limits do not allow', () => {
    const world = buildWorld();
    const with_ = (change: object) => codeOf(() => createFunction(world, { ...spec, ...change }));
    expect(with_({ memorySize: 200 })).toBe('InvalidArgument');
    expect(with_({ timeout: 86_401 })).toBe('InvalidArgument');
    expect(with_({ environmentVariables: { FC_REGION: 'x' } })).toBe('InvalidArgument');
    expect(with_({ environmentVariables: { LONG: 'x'.repeat(4097) } })).toBe('InvalidArgument');
    expect(with_({ cpu: 1, memorySize: 512 })).toBe('InvalidArgument');
    expect(with_({ cpu: 0.5, memorySize: 512 })).toBeUndefined();
  });

  it('removes functions and services only when nothing hangs on them', () => {
    const world = buildWorld();
    createService(world, { serviceName: 'failover' });
    createFunction(world, spec, 'failover');
    const timer = {
      triggerName: 'sweep',
      triggerType: 'timer',
      triggerConfig: { cronExpression: '@every 5m' },
    };
    createTrigger(world, 'failover/poll', timer);
    expect(codeOf(() => createTrigger(world, 'failover/poll', timer))).toBe('TriggerAlreadyExists');
    expect(codeOf(() => removeService(world, 'failover'))).toBe('ServiceNotEmpty');
    expect(codeOf(() => removeFunction(world, 'failover/poll'))).toBe('FunctionNotEmpty');
    updateTrigger(world, 'failover/poll', 'sweep', {
      triggerConfig: '{"cronExpression":"@every 1m","enable":true}',
    });
    expect(triggerOf(world, 'failover/poll', 'sweep').config).toEqual({
      cronExpression: '@every 1m',
      enable: true,
      payload: '',
    });
    removeTrigger(world, 'failover/poll', 'sweep');
    expect(codeOf(() => triggerOf(world, 'failover/poll', 'sweep'))).toBe('TriggerNotFound');
    removeFunction(world, 'failover/poll');
    removeService(world, 'failover');
    expect(world.compute.services.size).toBe(0);
  });

  it('keeps how asynchronous invocations are treated, and how many instances may run', () => {
    const world = buildWorld();
    createFunction(world, spec);
    expect(codeOf(() => asyncConfigOf(world, 'poll'))).toBe('AsyncConfigNotExists');
    putAsyncConfig(world, 'poll', { maxAsyncRetryAttempts: 1, asyncTask: true });
    expect(asyncConfigOf(world, 'poll')).toMatchObject({
      maxAsyncRetryAttempts: 1,
      maxAsyncEventAgeInSeconds: 86_400,
      asyncTask: true,
    });
    removeAsyncConfig(world, 'poll');
    expect(codeOf(() => asyncConfigOf(world, 'poll'))).toBe('AsyncConfigNotExists');
    putConcurrency(world, 'poll', 2);
    expect(functionOf(world, 'poll').reservedConcurrency).toBe(2);
    putConcurrency(world, 'poll', undefined);
    expect(functionOf(world, 'poll').reservedConcurrency).toBeUndefined();
  });

  it('has no services of 2.0 where an account is not offered them', () => {
    const world = buildWorld({ switches: { fcOffersGeneration2: false } });
    expect(codeOf(() => createService(world, { serviceName: 'failover' }))).toBe('AccessDenied');
  });
});

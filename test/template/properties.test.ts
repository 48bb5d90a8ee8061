import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { problemsOf, type Template } from './check-template';

const template = parse(readFileSync(join(__dirname, '../../template.yml'), 'utf8')) as Template;

/** The template with one thing changed, as a mistake would. */
function withResource(name: string, change: object): Template {
  return {
    ...template,
    Resources: { ...template.Resources, [name]: { ...template.Resources[name]!, ...change } },
  };
}
const propertiesOf = (name: string) => template.Resources[name]!.Properties;

describe('template.yml and the published tables of resource types', () => {
  it('agree on every property, attribute, condition and name', () => {
    expect(problemsOf(template)).toEqual([]);
  });

  it('disagree on a property that the type does not have', () => {
    const wrong = withResource('Poll', { Properties: { ...propertiesOf('Poll'), Environment: {} } });
    expect(problemsOf(wrong)).toEqual(['Poll.Environment: no such property']);
  });

  it('disagree on a property that is missing', () => {
    const { BucketName: _, ...rest } = propertiesOf('StateStore');
    expect(problemsOf(withResource('StateStore', { Properties: rest }))).toEqual([
      'StateStore.BucketName: missing',
    ]);
  });

  it('disagree on another kind, on a value that is not allowed, and on a number out of range', () => {
    const wrong = { ...propertiesOf('RunQueue'), QueueName: 7, MessageRetentionPeriod: 604801 };
    expect(problemsOf(withResource('RunQueue', { Properties: wrong }))).toEqual([
      'RunQueue.QueueName: found a number; string is expected',
      'RunQueue.MessageRetentionPeriod: 604801 is out of range',
    ]);
    const open = { ...propertiesOf('StateStore'), AccessControl: 'public' };
    expect(problemsOf(withResource('StateStore', { Properties: open }))).toEqual([
      'StateStore.AccessControl: public is not allowed',
    ]);
  });

  it('disagree on attributes and names that do not exist', () => {
    const wrong = { ...propertiesOf('Poll'), Role: { 'Fn::GetAtt': ['FunctionRole', 'ARN'] } };
    expect(problemsOf(withResource('Poll', { Properties: wrong }))).toEqual([
      'Poll: FunctionRole has no attribute ARN',
    ]);
    expect(problemsOf(withResource('Poll', { DependsOn: 'RunQueues' }))).toEqual([
      'Poll: no resource RunQueues',
    ]);
    expect(problemsOf(withResource('Poll', { Condition: 'Fc4' }))).toContain('Poll: no condition Fc4');
  });

  it('disagree on a resource that needs another generation', () => {
    expect(problemsOf(withResource('Poll', { DependsOn: 'Service2' }))).toEqual([
      'Poll: needs Service2, which is there on condition Fc2 only',
    ]);
  });
});

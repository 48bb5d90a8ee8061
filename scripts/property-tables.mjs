// Writes test/template/property-tables.json: what the published type packages of Resource Orchestration Service say of
// the resource types in template.yml. Tables only: names, what is required, kinds, allowed values, attributes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const target = 'test/template/property-tables.json';
const packages = {
  '@alicloud/ros-cdk-cms': {
    version: '1.15.0',
    types: ['EventRule', 'EventRuleTargets', 'ResourceMetricRule'],
  },
  '@alicloud/ros-cdk-eventbridge': { version: '1.15.0', types: ['Rule'] },
  '@alicloud/ros-cdk-fc': { version: '1.9.0', types: ['Service', 'Function', 'Trigger'] },
  '@alicloud/ros-cdk-fc3': { version: '1.11.0', types: ['Function', 'Trigger', 'AsyncInvokeConfig'] },
  '@alicloud/ros-cdk-oss': { version: '1.12.0', types: ['Bucket'] },
  '@alicloud/ros-cdk-ram': { version: '1.12.0', types: ['Role', 'ManagedPolicy'] },
  '@alicloud/ros-cdk-sls': { version: '1.11.0', types: ['Project', 'Logstore', 'Index'] },
};

const folder = mkdtempSync(`${tmpdir()}/property-tables-`);
const tables = Object.entries(packages).map(([name, { version, types }]) => ({
  package: name,
  version,
  address: `https://www.npmjs.com/package/${name}/v/${version}`,
  types: readTypes(fetchSource(name, version), types),
}));
rmSync(folder, { recursive: true });
const style = await resolveConfig(target);
writeFileSync(target, await format(JSON.stringify(tables), { ...style, parser: 'json' }));

/** The generated source of a package, which checks and renders each type. */
function fetchSource(name, version) {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', folder, `${name}@${version}`], {
      encoding: 'utf8',
    }),
  );
  const short = name.replace('@alicloud/ros-cdk-', '');
  execFileSync('tar', ['-xzf', `${folder}/${filename}`, '-C', folder]);
  const source = readFileSync(`${folder}/package/lib/${short}.generated.js`, 'utf8');
  rmSync(`${folder}/package`, { recursive: true });
  return source;
}

function readTypes(source, types) {
  return Object.fromEntries(
    types.map((type) => {
      const [, start] = new RegExp(
        `^(class Ros${type} extends[^]*?)^Ros${type}\\.ROS_RESOURCE_TYPE_NAME`,
        'm',
      ).exec(source);
      const [, name] = new RegExp(`^Ros${type}\\.ROS_RESOURCE_TYPE_NAME = "(.*)"`, 'm').exec(source);
      const attributes = [...start.matchAll(/this\.getAtt\('([^']+)'\)/g)].map(([, attribute]) => attribute);
      return [name, { attributes, properties: readProperties(source, `ros${type}Props`) }];
    }),
  );
}

/** Properties in the template's spelling, from the function that renders them and the one that checks them. */
function readProperties(source, renderer) {
  const body = bodyOf(source, `${renderer}ToRosTemplate`);
  const [, validator] = /(\w+Validator)\(properties\)\.assertSuccess/.exec(body);
  const checks = bodyOf(source, validator);
  const lines = [...body.matchAll(/^ +'?(\w+)'?: (.+)\(properties\.(\w+)\),$/gm)];
  return Object.fromEntries(
    lines.map(([, key, render, property]) => [
      key,
      { ...kindOf(source, render), ...rulesOf(checks, property) },
    ]),
  );
}

function kindOf(source, render) {
  const list = /^ros\.listMapper\((.+)\)$/.exec(render);
  if (list) return { kind: 'list', of: kindOf(source, list[1]) };
  const map = /^ros\.hashMapper\((.+)\)$/.exec(render);
  if (map) return { kind: 'map' };
  const plain = /^ros\.(string|number|boolean|object|anyDict)ToRosTemplate$/.exec(render);
  if (plain) return { kind: { object: 'any', anyDict: 'map' }[plain[1]] ?? plain[1] };
  const nested = /^(ros\w+Property)ToRosTemplate$/.exec(render);
  if (nested) return { kind: 'record', properties: readProperties(source, nested[1]) };
  throw new Error(`cannot read ${render}`);
}

function rulesOf(checks, property) {
  const of = (validator) =>
    new RegExp(`'${property}', ros\\.${validator}\\)\\(\\{([^]*?)\\}\\)\\)`).exec(checks)?.[1] ?? '';
  const allowed = /allowedValues: (\[.*?\])/.exec(of('validateAllowedValues'))?.[1];
  const range = of('validateRange');
  const [min, max] = ['min', 'max'].map((edge) => new RegExp(`${edge}: (-?\\d+)`).exec(range)?.[1]);
  return {
    ...(checks.includes(`'${property}', ros.requiredValidator`) && { required: true }),
    ...(allowed && { allowed: JSON.parse(allowed) }),
    ...(min && { min: Number(min) }),
    ...(max && { max: Number(max) }),
  };
}

function bodyOf(source, name) {
  const found = new RegExp(`^function ${name}\\([^]*?^\\}`, 'm').exec(source);
  if (found === null) throw new Error(`no function ${name}`);
  return found[0];
}

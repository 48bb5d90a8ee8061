import type { Command } from 'commander';
import { machine } from '../../connect';
import { diagnose } from '../../diagnosis/diagnose';
import type { Verdict } from '../../diagnosis/diagnosis';
import { diagnosisLines, reportText } from '../../diagnosis/report';
import type { World } from '../../engine/ports';
import { worldOf } from '../../engine/world-of';
import type { Configuration } from '../../playbook/configuration';
import { collect, type Collected } from '../../steps/diagnosis/collect';
import { BadInput, exits } from '../exits';
import { addWhereToLook, lookThere, type WhereToLook } from '../looked-up';
import { atOneSite } from '../one-site';
import { openScreen, type Screen } from '../screen';
import { sayHere } from '../times';
import { readLog } from './read-log';
import { saveFiles } from './save';

interface Options extends WhereToLook {
  readonly file?: string;
  readonly save?: string;
  readonly json?: boolean;
}

/** `diagnose`: what an instance's console and screen tell. */
export function addDiagnoseCommand(program: Command): void {
  const command = program
    .command('diagnose')
    .description("tells what an instance's console log and screenshot show: crashed, why, and what to do")
    .argument('[instance]', 'an instance (i-…)')
    .option('--file <log>', "a console's log from a file; no cloud is asked")
    .option('--save <dir>', 'keeps log, picture and report in this folder');
  addWhereToLook(command, 'whose settings name accounts and regions')
    .addHelpText(
      'after',
      '\nWithout an account in the environment, or with --fleet, the simulated cloud answers.\nExit 1: it crashed, does not start, or runs with errors. Exit 4: neither can be told.',
    )
    .action(async (instance: string | undefined, options: Options) => {
      process.exitCode = await run(instance, options, openScreen(process.stdout));
    });
}

async function run(instance: string | undefined, options: Options, screen: Screen): Promise<number> {
  const { file } = options;
  if ((instance === undefined) === (file === undefined)) {
    throw new BadInput('diagnose: expected an instance (i-…), or --file with a console log');
  }
  if (file !== undefined) {
    const log = readLog(file);
    const found = { log, console: file, screenshot: 'was not asked for', diagnosis: diagnose(log) };
    return tell(found, { name: file, now: machine.now(), options }, screen);
  }
  const instanceId = instance ?? '';
  return lookThere(options, async (world, configuration) => {
    const found = await lookAt(world, configuration, instanceId, options);
    return tell(found, { name: instanceId, now: world.now(), options }, screen);
  });
}

function lookAt(
  world: World,
  configuration: Configuration,
  instanceId: string,
  options: Options,
): Promise<Collected> {
  return atOneSite(configuration, instanceId, options, async (site) => {
    const { cloud } = worldOf(world, site);
    if ((await cloud.instances.get(instanceId)) === undefined) return undefined;
    return collect(cloud, instanceId, { console: true, screenshot: true });
  });
}

function tell(
  found: Collected,
  { name, now, options }: { readonly name: string; readonly now: number; readonly options: Options },
  screen: Screen,
): number {
  const { paint } = screen;
  const print = (line: string) => screen.print(line);
  const { log: _log, picture: _picture, diagnosis, ...about } = found;
  const head = { instance: name, lookedAt: sayHere(now), ...about };
  const json = JSON.stringify({ ...head, lookedAt: new Date(now).toISOString(), ...diagnosis });
  const saved = options.save;
  const files =
    saved === undefined ? [] : saveFiles(saved, found, { text: reportText(head, diagnosis), json });
  if (options.json === true) print(json);
  else {
    const [first = 'not collected', ...rest] = diagnosis === undefined ? [] : diagnosisLines(diagnosis);
    const hue = { 0: paint.green, 1: paint.red, 4: paint.yellow }[exitOf(diagnosis?.verdict)];
    print(`${paint.bold(name)}, looked at ${head.lookedAt}`);
    for (const line of [hue(first), ...rest, '', `console     ${about.console}`]) print(line);
    if (about.lastWord !== undefined) print(`last word   ${about.lastWord}`);
    print(`screenshot  ${about.screenshot}`);
    if (files.length > 0) print(`saved       ${files.join(', ')} in ${saved ?? ''}`);
  }
  return exitOf(diagnosis?.verdict);
}

function exitOf(verdict: Verdict | undefined): 0 | 1 | 4 {
  switch (verdict) {
    case 'healthy':
    case 'recovered':
    case 'shut-down':
      return exits.good;
    case 'impaired':
    case 'crashed':
    case 'not-booting':
      return exits.failed;
    case 'unclear':
    case undefined:
      return exits.blocked;
    default:
      return verdict satisfies never;
  }
}

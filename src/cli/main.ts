#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { machine } from '../connect';
import type { Asked } from './announcements';
import { check } from './check';
import { addConfigCommands } from './config/commands';
import { addDeployCommands } from './deploy/commands';
import { addDiagnoseCommand } from './diagnose/command';
import { addDoctorCommand } from './doctor/command';
import { CloudError } from '../engine/ports';
import { BadInput, exits, Interrupted } from './exits';
import { addEventsCommand } from './events/command';
import { addExplainCommand } from './explain';
import { loadBuiltHandler } from './load-handler';
import { usualPlaybooks } from './places';
import { plan } from './plan';
import { rehearseLive } from './live-rehearsal/rehearse-live';
import { live } from './rehearse/live';
import { rehearse } from './rehearse/rehearse';
import { addRunsCommands } from './runs/commands';
import { openScreen } from './screen';
import { addStopCommands } from './stops/commands';
import { runSimulator } from './simulator';
import { addPermissionsCommand } from './permissions/command';
import { addTrafficCommand } from './traffic/command';

const outcomes = ['done', 'withdrawn', 'undone', 'held', 'infeasible', 'none'];

const program = new Command('ecs-failover')
  .description(
    'Answers ECS system events unattended: drain, save, restart in a window, prove it, put everything back.',
  )
  .showHelpAfterError('see: ecs-failover --help')
  .exitOverride();

program
  .command('check')
  .description('tells every problem of a folder of playbooks at once')
  .argument('[dir]', 'folder of playbooks', usualPlaybooks())
  .option('--json', 'one JSON object')
  .action((dir: string, { json = false }: { json?: boolean }) => {
    process.exitCode = check(dir, machine.now(), json, openScreen(process.stdout));
  });

withEvent(
  program
    .command('plan')
    .description('shows what would happen for an event, when, and why not sooner; writes nothing')
    .addHelpText(
      'after',
      '\nWithout an account in the environment, or with --fleet, the simulated cloud answers.\nExit 3: it would change something. Exit 4: something stands in the way.',
    ),
).action(async ({ event, json = false, ...rest }: EventFlags) => {
  process.exitCode = await plan({ ...rest, files: event, json }, openScreen(process.stdout));
});

withEvent(
  program
    .command('rehearse')
    .description('plays events against the simulated cloud, with the real functions, days in seconds')
    .addHelpText(
      'after',
      '\n--event also takes an event by its code and the status in which it is announced, such as\nSystemMaintenance.Reboot:Inquiring; --instance says on which instance.',
    ),
)
  .option(
    '--fault <name=key:value,...>',
    'something that goes wrong, such as throttle=product:slb,nth:3',
    gather,
    [],
  )
  .option('--replay <file>', 'a recorded stream of events, one a line, with what is decided on each')
  .option('--playbook <name>', 'an event that this playbook answers, chosen for it')
  .option(
    '--example <name>',
    "one of the project's examples, such as mixed-fleet, with its playbooks and fleet",
  )
  .addOption(new Option('--expect <outcome>', 'the outcome every run must have').choices(outcomes))
  .option('--days <number>', 'how long to play after the last event', readDays, 4)
  .option(
    '--live',
    'on the account of the environment: ECS simulates the event, the deployed functions answer it',
  )
  .option('--yes', 'with --live: does not ask first')
  .action(async ({ event, fault, json = false, ...rest }: EventFlags & RehearseFlags) => {
    const screen = openScreen(json ? process.stderr : process.stdout);
    if (rest.live === true) {
      refuseWithLive({ event, fault, fleet: rest.fleet, example: rest.example, replay: rest.replay });
      process.exitCode = await rehearseLive({ ...rest, json }, screen);
      return;
    }
    const options = { ...rest, files: event, faults: fault, json };
    process.exitCode = await rehearse(options, screen, loadBuiltHandler);
  });

withEvent(
  program
    .command('simulator')
    .description('serves the simulated cloud alone, for any client or SDK, until it is interrupted')
    .addHelpText(
      'after',
      '\nWith --play the deployed functions are played while the clock runs: look at runs and speak to them from\nanother terminal. With --json where it is and how to sign stand on the first line.',
    ),
)
  .option('--port <number>', 'port on the loopback interface; 0 takes a free one', readPort, 0)
  .option('--play', 'plays the deployed functions, and the events that are given')
  .option(
    '--speed <number>',
    'how many times faster than yours its clock runs, and functions are called; 60 with --play, otherwise it stands',
    readSpeed,
  )
  .action(async ({ event, json = false, play = false, ...rest }: EventFlags & SimulatorFlags) => {
    const screen = openScreen(json ? process.stderr : process.stdout);
    const options = { ...rest, files: event, json };
    process.exitCode = play
      ? await live({ ...options, speed: options.speed ?? 60 }, screen, loadBuiltHandler)
      : await runSimulator(options);
  });

addConfigCommands(program);
addRunsCommands(program);
addStopCommands(program);
addTrafficCommand(program);
addPermissionsCommand(program);
addExplainCommand(program);
addEventsCommand(program);
addDeployCommands(program);
addDoctorCommand(program);
addDiagnoseCommand(program);

interface EventFlags extends Omit<Asked, 'files'> {
  readonly event: string[];
  readonly playbooks?: string;
  readonly fleet?: string;
  readonly json?: boolean;
}
interface RehearseFlags {
  readonly live?: boolean;
  readonly yes?: boolean;
  readonly fault: string[];
  readonly example?: string;
  readonly playbook?: string;
  readonly replay?: string;
  readonly expect?: string;
  readonly days: number;
}

interface SimulatorFlags {
  readonly port: number;
  readonly play?: boolean;
  readonly speed?: number;
}

function withEvent(command: Command): Command {
  return command
    .option('--playbooks <dir>', 'folder of playbooks')
    .option('--fleet <file>', 'the simulated cloud (YAML)')
    .option(
      '--event <file>',
      'a recorded payload of CloudMonitor or EventBridge; may be given again',
      gather,
      [],
    )
    .option('--code <code>', 'an event in words: its code, such as SystemMaintenance.Reboot')
    .option('--instance <id>', 'and the instance it is about')
    .option('--not-before <time>', "and the provider's planned time, ISO 8601 (40 hours ahead)")
    .option('--json', 'the last line of standard output is one JSON object');
}

/** What belongs to a simulated cloud means nothing on an account. */
function refuseWithLive(given: Readonly<Record<string, string | readonly string[] | undefined>>): void {
  const names = Object.entries(given).filter(([, value]) => value !== undefined && value.length > 0);
  if (names.length === 0) return;
  const flags = names.map(([name]) => `--${name}`).join(', ');
  throw new BadInput(
    `--live takes no ${flags}; expected --instance, --code, --not-before, --playbooks, --yes, --json`,
  );
}

function gather(value: string, before: string[]): string[] {
  return [...before, value];
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
  if (port > 65_535) throw new InvalidArgumentError(`found ${text}; expected a number from 0 to 65535.`);
  return port;
}

function readSpeed(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new InvalidArgumentError(`found ${text}; expected a number from 1 to 99999.`);
  return Number(text);
}

function readDays(text: string): number {
  if (!/^[1-9]\d?$/.test(text))
    throw new InvalidArgumentError(`found ${text}; expected a number from 1 to 99.`);
  return Number(text);
}

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exits.good : exits.badInput;
  } else if (error instanceof BadInput) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exits.badInput;
  } else if (error instanceof Interrupted) {
    process.stderr.write('\nstopped; the question was not answered, and nothing more was done\n');
    process.exitCode = exits.interrupted;
  } else if (error instanceof CloudError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exits.failed;
  } else throw error;
});

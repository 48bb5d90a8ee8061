import type { Command } from 'commander';
import { openScreen } from '../screen';
import { doctor, type DoctorOptions } from './doctor';

/** `doctor`: what would make a playbook fail at two in the morning, found now. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('looks at everything that would make a playbook fail, and says how to mend it')
    .option('--playbooks <dir>', 'folder of playbooks; without it, what the functions work with')
    .option('--prefix <name>', 'begins the name of everything that is installed', 'failover')
    .option('--region <region>', 'such as cn-hangzhou; without it FAILOVER_REGION')
    .option('--endpoint <url>', 'one address for every product, such as a simulated cloud')
    .option('--fix', 'mends what is safe to mend: maintenance attributes of instances')
    .option('--yes', 'with --fix: does not ask first')
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nWithout --fix nothing is written. Exit 4: an error stands in the way. Warnings alone exit 0.',
    )
    .action(async (options: DoctorOptions) => {
      const screen = openScreen(options.json === true ? process.stderr : process.stdout);
      process.exitCode = await doctor(options, screen);
    });
}

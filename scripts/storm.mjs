// The storm: the real engine on seeded schedules of faults.
import { runProgram } from './run-program.mjs';

await runProgram('storm', 'test/storm/main.ts');

// What an installation costs a month: the simulated cloud counts the calls, and stated prices make yuan of them.
import { runProgram } from './run-program.mjs';

await runProgram('cost', 'test/bench/cost/main.ts');

// Real requests through a failover, with the drain and without it.
import { runProgram } from './run-program.mjs';

await runProgram('bench-traffic', 'test/bench/traffic/main.ts');

// Installs everything in a simulated cloud, and lets the deployed zips carry an event to its end.
import { runProgram } from './run-program.mjs';

await runProgram('deploy-rehearsal', 'test/deploy/rehearsal/main.ts');

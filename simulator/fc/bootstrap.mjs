// What an instance of a function runs: loads the handler from the uploaded code, and calls it with one event at a
// time. Told over the channel to the simulator; when that is gone, so is the instance.
// https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/request-handlers-2
import { Buffer } from 'node:buffer';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

let requestId = '';
let handler;

for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk, ...rest) => {
    process.send({ log: chunk.toString() });
    rest.find((each) => typeof each === 'function')?.();
    return true;
  };
}
const logger = Object.fromEntries(
  ['debug', 'info', 'warn', 'error', 'log'].map((level) => [level, (...words) => print(level, words)]),
);
Object.assign(console, logger);

process.on('disconnect', () => process.exit());
process.on('message', async ({ event, context, now }) => {
  const began = performance.now();
  requestId = context.requestId;
  try {
    handler ??= await load(process.env.FC_FUNC_CODE_PATH, context.function.handler);
    const local = { now: () => now + Math.floor(performance.now() - began) };
    const value = await call(handler, [Buffer.from(event), { ...context, logger, local }]);
    process.send({ result: toBytes(value) });
  } catch (error) {
    process.send({ failure: JSON.stringify(describe(error)) });
  }
});

function print(level, words) {
  const time = new Date().toISOString();
  process.stdout.write(`${time} ${requestId} [${level === 'log' ? 'info' : level}] ${format(...words)}\n`);
}

// `dist/index.handler`: a file without its ending, and what it exports.
async function load(folder, path) {
  const dot = path.lastIndexOf('.');
  const [file, name] = [path.slice(0, dot), path.slice(dot + 1)];
  const ending = ['.js', '.mjs', '.cjs'].find((each) => existsSync(join(folder, file + each)));
  if (ending === undefined) throw named('ImportModuleError', `Module '${file}' is missing.`);
  const found = await importOrRequire(join(folder, file + ending));
  if (typeof found[name] === 'function') return found[name];
  throw named('HandlerNotFound', `Handler '${name}' is missing on module '${file}'`);
}

async function importOrRequire(file) {
  try {
    return createRequire(file)(file);
  } catch (error) {
    if (error?.code !== 'ERR_REQUIRE_ESM') throw error;
    return import(pathToFileURL(file).href);
  }
}

// A promise, a plain value, or the third argument: all three are still in use.
function call(handle, given) {
  return new Promise((resolve, reject) => {
    const back = (error, value) => (error ? reject(error) : resolve(value));
    const value = handle(...given, back);
    if (typeof value?.then === 'function') value.then(resolve, reject);
    else if (handle.length < 3) resolve(value);
  });
}

function toBytes(value) {
  if (value === undefined) return Buffer.alloc(0);
  if (typeof value === 'string' || value instanceof Uint8Array) return Buffer.from(value);
  return Buffer.from(JSON.stringify(value));
}

function describe(error) {
  if (!(error instanceof Error))
    return { errorMessage: String(error), errorType: typeof error, stackTrace: [] };
  const stackTrace = (error.stack ?? '').split('\n').map((line) => line.trim());
  return { errorMessage: error.message, errorType: error.name, stackTrace };
}

function named(name, message) {
  return Object.assign(new Error(message), { name });
}

import * as z from 'zod';
import { partOf, stepsOf, type Draft, type Rule, type RuleFinding } from '../draft';
import type { Path } from '../problem';
import { longestValues } from '../with/run-script';

const Outline = z.object({
  script: z.string().optional().catch(undefined),
  run: z.string().optional().catch(undefined),
  arguments: z.array(z.string()).catch([]),
  parameters: z.record(z.string(), z.string()).catch({}),
});
type Outline = z.output<typeof Outline>;

interface Written extends Outline {
  readonly draft: Draft;
  readonly path: Path;
}

/** A script is a file on the instance or lines in the playbook, and what it is told can be told. */
export const scriptsCanBeRun: Rule = ({ playbooks }) =>
  playbooks.flatMap((draft) =>
    scriptsOf(draft).flatMap((script) => [
      ...eitherOr(script),
      ...shebang(script),
      ...names(script),
      ...tooLong(script),
    ]),
  );

function eitherOr({ draft, path, script, run, arguments: words }: Written): readonly RuleFinding[] {
  if (script === undefined && run === undefined) {
    const suggestion = 'add script: a file on the instance, or run: lines for its shell';
    return [{ draft, path, at: 'key', message: 'neither script nor run', suggestion }];
  }
  const extra =
    run === undefined
      ? undefined
      : script !== undefined
        ? 'script'
        : words.length > 0
          ? 'arguments'
          : undefined;
  if (extra === undefined) return [];
  const message = `${extra} beside run: which of them counts?`;
  const suggestion =
    extra === 'script' ? 'leave one of the two out' : 'write the words into run, or use parameters';
  return [{ draft, path: [...path, extra], at: 'key', message, suggestion }];
}

/** Lines of ours stand before those of the playbook. */
function shebang({ draft, path, run = '' }: Written): readonly RuleFinding[] {
  if (!run.startsWith('#!')) return [];
  const message = 'run is read by the shell of the instance, and its first line names a program';
  const suggestion = 'leave that line out, or put the file on the instance and name it with script';
  return [{ draft, path: [...path, 'run'], at: 'value', message, suggestion }];
}

function names({ draft, path, parameters }: Written): readonly RuleFinding[] {
  return Object.keys(parameters).flatMap((name) => {
    const ours = name.startsWith('FAILOVER_');
    if (!ours && /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) return [];
    const message = ours ? `${name} is given to every script already` : `${name} is no name of a variable`;
    const mended = name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');
    const suggestion = ours ? 'choose a name that does not begin with FAILOVER_' : `write ${mended}`;
    return [{ draft, path: [...path, 'parameters', name], at: 'key', message, suggestion }];
  });
}

function tooLong({ draft, path, arguments: words, parameters }: Written): readonly RuleFinding[] {
  const bytes = [...words, ...Object.values(parameters)].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    0,
  );
  if (bytes <= longestValues) return [];
  const message = `parameters and arguments of ${bytes} bytes; at most ${longestValues} fit into a command`;
  const suggestion = 'put what is long into a file on the instance';
  return [{ draft, path, at: 'key', message, suggestion }];
}

function scriptsOf(draft: Draft): readonly Written[] {
  return stepsOf(draft)
    .filter(({ use }) => use === 'run-script')
    .flatMap((step) => [
      [...step.path, 'with'],
      [...step.path, 'with', 'undo'],
    ])
    .flatMap((path) => {
      const outline = partOf(draft, path, Outline);
      return outline === undefined ? [] : [{ ...outline, draft, path }];
    });
}

/** Words and options of a command line; `valued` are the options that take the next word. */
export function readArguments(
  args: readonly string[],
  valued: readonly string[],
): {
  readonly flags: string;
  readonly options: ReadonlyMap<string, string>;
  readonly words: readonly string[];
} {
  const options = new Map<string, string>();
  const words: string[] = [];
  let flags = '';
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index]!;
    const last = `-${word.at(-1)}`;
    if (!word.startsWith('-') || word === '-') words.push(word);
    else if (valued.includes(word) || (!word.startsWith('--') && valued.includes(last))) {
      flags += word.slice(1, -1);
      options.set(valued.includes(word) ? word : last, args[(index += 1)] ?? '');
    } else flags += word.startsWith('--') ? '' : word.slice(1);
  }
  return { flags, options, words };
}

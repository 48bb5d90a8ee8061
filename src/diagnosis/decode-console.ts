/**
 * The text of GetInstanceConsoleOutput: Base64 of what the serial console printed. It is ASCII or UTF-8 with escape
 * sequences, CR and NUL, and its beginning may be cut anywhere; what is no UTF-8 becomes a replacement character.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-getinstanceconsoleoutput
 */
export function decodeConsole(base64: string): string {
  return plainText(Buffer.from(base64, 'base64').toString('utf8'));
}

/** ECMA-48: a sequence begins with ESC; the common ones go on with `[` and end with a letter. */
const esc = String.raw`\u001b`;

const sequences: readonly (readonly [RegExp, string])[] = [
  // Boot menus are painted: what goes to another place on the screen is another line.
  [new RegExp(String.raw`${esc}\[[0-9;?]*[HfJ]`, 'g'), '\n'],
  [new RegExp(String.raw`${esc}\[[0-9;?]*[ -/]*[@-~]`, 'g'), ''],
  [new RegExp(String.raw`${esc}\][^\u0007${esc}\n]*(?:\u0007|${esc}\\)?`, 'g'), ''],
  [new RegExp(String.raw`${esc}[ -/]*[0-~]?`, 'g'), ''],
  // The rest of a sequence whose escape was taken out before, or cut away with the head.
  [/\[(?:\d{1,3};)*\d{1,3}m/g, ''],
  [/\r+\n|\r/g, '\n'],
  [new RegExp(String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]`, 'g'), ''],
  // Several CPUs print at once: a time stamp in the midst of a line begins the next.
  [/([^\n<>])(?=\[ *\d{1,8}\.\d{6}\](?: |\[))/g, '$1\n'],
];

/** Without escape sequences and control characters; lines end in LF. */
export function plainText(printed: string): string {
  return sequences.reduce((text, [pattern, instead]) => text.replace(pattern, instead), printed);
}

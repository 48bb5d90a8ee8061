/** What stands in place of a secret. */
const mask = '***';

const name = String.raw`[\w.-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|credentials?)[\w.-]*`;

/**
 * What consoles print that nobody should read later: settings of cloud-init and of services, headers, keys, and
 * commands with their arguments. The number of lines stays as it is.
 */
const patterns: readonly (readonly [RegExp, string | ((...found: string[]) => string)])[] = [
  // A private key, from its first line to its last, or to the end of the log.
  [
    /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$(?![\s\S]))/g,
    keyLines,
  ],
  // cloud-init: "Set the following 'random' passwords", then user:password lines.
  [/(following '?random'? passwords[^\n]*\n)((?:[^\n]*?[\w.-]+:\S+ *\n?)+)/gi, passwordLines],
  [/\b((?:proxy-)?authorization\b["']?\s*[:=])[^\n]*/gi, `$1 ${mask}`],
  [
    new RegExp(String.raw`\b(${name}\\?["']?[ \t]*(?:[=:]|=>)[ \t]*)(\\?["'])(?:[^\n])*?\2`, 'gi'),
    `$1$2${mask}$2`,
  ],
  [new RegExp(String.raw`\b(${name}\\?["']?[ \t]*(?:[=:]|=>)[ \t]*)[^\s"'\\,;}<>&]+`, 'gi'), `$1${mask}`],
  [/(--?(?:password|passwd|token|secret|api-key)[ =])[^\s"']+/gi, `$1${mask}`],
  [/\b(?:LTAI|STS\.)[A-Za-z0-9]{6,}/g, mask],
  [/\b(Bearer|Basic) [A-Za-z0-9._~+/-]{8,}=*/g, `$1 ${mask}`],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g, mask],
  [/(:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g, `$1${mask}`],
  [/\b(?:ghp|gho|ghs|glpat|xox[bp])[_-][\w-]{16,}/g, mask],
  // The hash of a password, as in /etc/shadow.
  [/\$(?:1|2[aby]|5|6|y)\$[^\s:"']{8,}/g, mask],
];

/** Takes out of a console log whatever looks like a secret. Done before anything is stored, shown or judged. */
export function maskSecrets(log: string): string {
  return patterns.reduce(
    (text, [pattern, instead]) =>
      typeof instead === 'string' ? text.replace(pattern, instead) : text.replace(pattern, instead),
    log,
  );
}

function keyLines(found: string): string {
  return found
    .split('\n')
    .map((line) => (line.includes('-----') ? line : mask))
    .join('\n');
}

function passwordLines(_found: string, head = '', lines = ''): string {
  return head + lines.replaceAll(/([\w.-]+:)\S+( *)$/gm, `$1${mask}$2`);
}

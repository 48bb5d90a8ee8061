/** What stands in place of a secret. */
const mask = '***';

const patterns: readonly (readonly [RegExp, string])[] = [
  // name=value, name: value, "name":"value", \"name\":\"value\"
  [
    /\b((?:access_?key_?(?:id|secret)|security_?-?token|sts_?token|signature|password|secret)\\?["']?\s*[=:]\s*\\?["']?)[^&\s"'\\,;}<>]+/gi,
    `$1${mask}`,
  ],
  // Key ids: LTAI… of a person or program, STS.… of a role.
  [/\b(?:LTAI|STS\.)[A-Za-z0-9]{6,}/g, mask],
  // Authorization headers of HTTP, and the password in an address.
  [/\b(Bearer|Basic) [A-Za-z0-9._~+/-]{8,}=*/g, `$1 ${mask}`],
  [/(:\/\/[^\s/:@]+:)[^\s/@]+(?=@)/g, `$1${mask}`],
  // Authorization headers of MNS and OSS.
  [/\b(MNS|OSS) [^\s:"]+:[A-Za-z0-9+/=]+/g, `$1 ${mask}`],
];

/** Secrets that this process has come to know. Of keys that are replaced every hour the oldest are forgotten. */
const hidden = new Set<string>();
const mostHidden = 500;

/** From now on this never leaves the process in a text that is scrubbed, in whatever form it is written there. */
export function hide(secret: string): void {
  for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
    if (form === '') continue;
    hidden.delete(form);
    hidden.add(form);
  }
  for (const oldest of [...hidden].slice(0, Math.max(0, hidden.size - mostHidden))) hidden.delete(oldest);
}

/** Takes out whatever looks like a key, a token or a signature, each of `secrets`, and what is hidden, wherever it stands. */
export function scrub(text: string, secrets: readonly string[] = []): string {
  const known = [...hidden, ...secrets]
    .filter((secret) => secret !== '')
    .toSorted((a, b) => b.length - a.length);
  const without = known.reduce((rest, secret) => rest.replaceAll(secret, mask), text);
  return patterns.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), without);
}

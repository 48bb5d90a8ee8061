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
  // Authorization headers of MNS and OSS.
  [/\b(MNS|OSS) [^\s:"]+:[A-Za-z0-9+/=]+/g, `$1 ${mask}`],
];

/** Takes out whatever looks like a key, a token or a signature, and each of `secrets` wherever it stands. */
export function scrub(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret !== '');
  const without = known.reduce((rest, secret) => rest.replaceAll(secret, mask), text);
  return patterns.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), without);
}

/** The end of a function's log, which travels in a header in base64. */
export function tail(header: string | null | undefined): string {
  return Buffer.from(header ?? '', 'base64').toString('utf8');
}

/** One member of a small web tier; `more` overrides. */
export function instance(n: number, more: object = {}) {
  return {
    id: `i-bp1web000000000000${n}`,
    name: `web-${n}`,
    zone: n % 2 === 1 ? 'cn-hangzhou-h' : 'cn-hangzhou-i',
    privateIp: `192.168.10.1${n}`,
    startedAt: '2026-10-02T03:04:00Z',
    tags: { app: 'storefront', role: 'web' },
    ...more,
  };
}

/** Steps that several small playbooks share: the beginning and the end of a restart. */
export const drain = `
  - id: drain
    use: drain-traffic
    with: { quiet: { activeConnectionsBelow: 5, for: 60s }, atMost: 10m }`;
export const back = `
  - { id: healthy, use: check-health, with: { atMost: 10m } }
  - { id: back, use: restore-traffic, with: {} }`;

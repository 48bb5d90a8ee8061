/** What reading needs to know besides the files. */
export const context = {
  knownEvents: ['SystemMaintenance.Reboot', 'SystemMaintenance.Stop', 'ErrorDetected'],
  now: Date.parse('2026-11-23T08:00:00Z'),
};

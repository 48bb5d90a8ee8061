export const barWidth = 12;

/** A bar of fixed width; empty where nothing is known. */
export function barOf(reached: { readonly step: number; readonly steps: number } | undefined): string {
  const full = reached === undefined ? 0 : Math.round((reached.step / reached.steps) * barWidth);
  return '█'.repeat(full) + '░'.repeat(barWidth - full);
}

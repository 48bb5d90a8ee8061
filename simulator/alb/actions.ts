/** The action of a listener or a rule that sends requests on, to several groups in equal shares. */
export function forwardTo(groups: readonly string[]) {
  const tuples = groups.map((ServerGroupId) => ({ ServerGroupId, Weight: 100 }));
  return { Type: 'ForwardGroup', ForwardGroupConfig: { ServerGroupTuples: tuples } };
}

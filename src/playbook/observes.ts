import type { Configuration } from './configuration';

/** True when nothing at all may be written, neither to the cloud nor to our own bucket: no playbook enforces anything. */
export function writesNothing({ settings, pools, playbooks }: Configuration): boolean {
  const enforces = ({ spec }: { readonly spec: { readonly mode?: string } }) => spec.mode !== 'observe';
  return !enforces(settings) || !pools.some(enforces) || !playbooks.some(enforces);
}

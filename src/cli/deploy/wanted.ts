import type { LocalCode } from './local-code';
import type { Generation } from './ports';
import type { Playbooks } from './push-playbooks';

/** What `deploy` and `upgrade` are to bring about. */
export interface Wanted {
  readonly prefix: string;
  readonly generation: Generation | 'auto';
  /** The text of template.yml. */
  readonly template: string;
  readonly code: readonly LocalCode[];
  /** Parameters that somebody set. */
  readonly set: Readonly<Record<string, string>>;
  /** Where the functions find the cloud, when that is not Alibaba Cloud itself. */
  readonly endpoint?: string;
  /** An upgrade: there has to be an installation. */
  readonly mustExist: boolean;
  /** Service-linked roles may be created without asking. */
  readonly createRoles: boolean;
  readonly dryRun: boolean;
  readonly selfTest: boolean;
  /** What is to be in force afterwards. */
  readonly playbooks?: Playbooks;
}

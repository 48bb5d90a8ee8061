/** A role of the account as Resource Access Management keeps it. */
export interface Role {
  readonly name: string;
  readonly id: string;
  readonly description: string;
  /** Who may assume it. */
  readonly trust: PolicyDocument;
  readonly maxSessionSeconds: number;
  readonly createdAt: number;
  readonly updatedAt?: number;
  /** The policies that are attached to it, in order. */
  readonly attached: readonly Attachment[];
  /** The service that the role belongs to, when it is one of those that only services use. */
  readonly serviceLinkedTo?: string;
}

/** A policy's place on a role; the two types have names of their own. */
export interface Attachment {
  readonly policyType: PolicyType;
  readonly policyName: string;
  readonly at: number;
}
export type PolicyType = 'System' | 'Custom';

/** A policy with one version, `v1` until it is changed. */
export interface Policy {
  readonly name: string;
  readonly type: PolicyType;
  readonly description: string;
  readonly document: PolicyDocument;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** https://www.alibabacloud.com/help/en/ram/user-guide/policy-structure-and-syntax */
export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  /** In trust policies: `{Service: […]}`, `{RAM: […]}`. */
  readonly Principal?: Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Who calls: the account's own user, who may do everything, or a session of a role. */
export type Caller =
  | { readonly kind: 'user' }
  | { readonly kind: 'session'; readonly session: RoleSession }
  | { readonly kind: 'service'; readonly service: string };

/** What keys of a role stand for. A session's own policy only takes away. */
export interface RoleSession {
  readonly account: string;
  readonly role: string;
  readonly name: string;
  readonly policy?: PolicyDocument;
}

/** How often the sessions of a role did something that RAM guards, and how often it was not granted. */
export interface PermissionUse {
  readonly role: string;
  readonly action: string;
  readonly granted: number;
  readonly refused: number;
}

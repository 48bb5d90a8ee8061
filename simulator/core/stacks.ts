import type { Caller } from './ram';

/** A stack of Resource Orchestration Service. Its whole course is known once an operation has begun; readers see it unfold. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly timeoutMinutes: number;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** The template as it was sent last, and what its parameters were then, by name. */
  template: string;
  parameters: Readonly<Record<string, string>>;
  disableRollback: boolean;
  /** In whose name the operation that was asked for last acts on other products. */
  actsFor: Caller;
  updatedAt?: number;
  /** What became of the stack, and when. */
  readonly history: StackPhase[];
  /** What became of the stack and its resources, in the order of time. */
  readonly events: StackEvent[];
  readonly resources: Map<string, StackResource>;
  /** In the template's order, as they were computed last. */
  outputs: readonly { readonly key: string; readonly value: unknown; readonly description: string }[];
}

export interface StackPhase {
  readonly at: number;
  readonly status: string;
  readonly reason: string;
}

interface StackEvent extends StackPhase {
  readonly id: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
}

/** A resource as a template described it, with what it became. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly description: string;
  readonly deletionPolicy: 'Delete' | 'Retain';
  readonly dependsOn: readonly string[];
  /** Every function of the template computed. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly physicalId: string;
  /** What `Fn::GetAtt` answers. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly history: readonly StackPhase[];
}

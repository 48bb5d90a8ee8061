/** An instance as its scaling group sees it. */
export interface ScalingMember {
  readonly group: string;
  /** InService, Protected, Standby, Stopped, Pending, Pending:Wait, Removing or Removing:Wait. */
  readonly lifecycle: string;
}

/** A server group in which a scaling group registers its members. */
export interface AttachedGroup {
  /** As memberships name it: `clb/lb-…/default`, `alb/sgp-…`. */
  readonly group: string;
  readonly port?: number;
  /** What a member is given when it comes into service; absent where the answer names none. */
  readonly weight?: number;
}

/** A scaling group as it is configured, and how many serve in it. */
export interface ScalingGroup {
  readonly minSize: number;
  /** Members in service, protected ones among them; who stands by is none. */
  readonly inService: number;
  readonly attached: readonly AttachedGroup[];
}

export interface Scaling {
  /** Undefined when no scaling group owns the instance. */
  memberOf(instanceId: string): Promise<ScalingMember | undefined>;
  /** The scaling activity that is under way in the group. */
  activityIn(group: string): Promise<{ readonly id: string; readonly description: string } | undefined>;
  /** A protected member is neither scaled in nor replaced while it stops and starts. */
  setProtection(group: string, instanceId: string, isProtected: boolean): Promise<void>;
  /** Undefined when the region knows no such group. */
  group(id: string): Promise<ScalingGroup | undefined>;
  /** Sets weight 0 wherever the group registers the member; it is neither scaled in nor replaced until it leaves. */
  enterStandby(group: string, instanceId: string): Promise<void>;
  /** Back in service, with the weights that the group is configured with: not those that were there before. */
  exitStandby(group: string, instanceId: string): Promise<void>;
}

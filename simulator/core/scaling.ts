export interface ScalingGroup {
  readonly id: string;
  readonly name: string;
  readonly lifecycle: 'Active' | 'Inactive';
  readonly members: readonly ScalingMember[];
  readonly activities: ScalingActivity[];
  readonly minSize: number;
  readonly maxSize: number;
  /** Groups of load balancers that its members are put into. */
  readonly attached: AttachedGroup[];
  /** Instances that it launched in the place of members in Standby; they are counted and not imitated. */
  launched: number;
}
export interface AttachedGroup {
  /** `clb/<load balancer>/<vServer group or default>`, `alb/<server group>`, `nlb/<server group>`. */
  readonly group: string;
  readonly port?: number;
  /** Of a member that comes into service. */
  weight: number;
}
export interface ScalingMember {
  readonly instanceId: string;
  /** Made by Auto Scaling; the others were attached to the group. */
  readonly autoCreated: boolean;
  /** Whether it is in Standby, from each instant on. */
  readonly standby: { readonly at: number; readonly on: boolean }[];
  /** Whether it is protected, from each instant on. */
  readonly protection: { readonly at: number; readonly on: boolean }[];
}
export interface ScalingActivity {
  readonly id: string;
  readonly description: string;
  readonly startedAt: number;
  endsAt: number;
}

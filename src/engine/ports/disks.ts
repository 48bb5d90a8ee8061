/** A disk of an instance. */
export interface DiskState {
  readonly id: string;
  /** `local_ssd_pro`, `cloud_essd`, … as ECS names it. */
  readonly category: string;
  /** system or data */
  readonly kind: string;
  /** It belongs to the host: what it holds is lost when the instance leaves that host. */
  readonly isLocal: boolean;
  /** As the cloud calls it, whatever the system does: `/dev/xvdb`. Empty for disks that several instances share. */
  readonly device: string;
  /** Empty where ECS tells none. */
  readonly serial: string;
  readonly sizeGiB: number;
}

export interface Disks {
  /** Every disk attached to the instance, in the order of their ids. */
  of(instanceId: string): Promise<readonly DiskState[]>;
}

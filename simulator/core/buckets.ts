/** How a bucket is set up. */
export interface BucketSettings {
  acl: string;
  /** Rules as templates and the API spell them. */
  lifecycle: readonly Readonly<Record<string, unknown>>[];
  tags: Readonly<Record<string, string>>;
  /** Absent where versioning was never on. */
  versioning?: 'Enabled' | 'Suspended';
}

export interface StoredObject {
  content: Buffer;
  readonly appendable: boolean;
  readonly headers: Record<string, string>;
  modifiedAt: number;
}

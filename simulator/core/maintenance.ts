/** What ECS does with an instance whose host needs maintenance, as its owner has set it. */
export interface Maintenance {
  action: string;
  /** One at most; `HH:mm:ss` in UTC+8. */
  window?: { readonly start: string; readonly end: string };
  notify: boolean;
}

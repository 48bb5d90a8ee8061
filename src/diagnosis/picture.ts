/**
 * What a screenshot is by its first bytes: documented as JPEG, while the official sample is a PNG.
 * https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-getinstancescreenshot
 */
export function pictureKind(
  bytes: Uint8Array,
): { readonly extension: 'png' | 'jpg'; readonly type: string } | undefined {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47])) return { extension: 'png', type: 'image/png' };
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return { extension: 'jpg', type: 'image/jpeg' };
  return undefined;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

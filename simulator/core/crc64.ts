/** CRC-64 (ECMA-182, reflected), in decimal digits as OSS and Function Compute write checksums. */
export function crc64(content: Buffer): string {
  let [high, low] = [0xffffffff, 0xffffffff];
  for (const byte of content) {
    const [tableHigh, tableLow] = table[(low ^ byte) & 0xff]!;
    low = (((low >>> 8) | (high << 24)) ^ tableLow) >>> 0;
    high = ((high >>> 8) ^ tableHigh) >>> 0;
  }
  return String((BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0));
}

const polynomial = [0xc96c5795, 0xd7870f42] as const;

const table = Array.from({ length: 256 }, (_, index) => {
  let [high, low] = [0, index];
  for (let bit = 0; bit < 8; bit += 1) {
    const carry = low & 1;
    low = ((low >>> 1) | (high << 31)) >>> 0;
    high >>>= 1;
    if (carry === 0) continue;
    low = (low ^ polynomial[1]) >>> 0;
    high = (high ^ polynomial[0]) >>> 0;
  }
  return [high, low] as const;
});

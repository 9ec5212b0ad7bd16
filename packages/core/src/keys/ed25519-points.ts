/** Encodings, with the sign bit cleared, of every point whose order divides 8, non-canonical ones included. */
const smallPoints: ReadonlySet<string> = new Set([
  `01${'00'.repeat(31)}`,
  '00'.repeat(32),
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

/**
 * Whether an Ed25519 public key is a point of small order (RFC 8725 §3.4): with such a key signatures can be written that
 * verify for many messages, and not every platform refuses it.
 */
export function isSmallOrderPoint(bytes: Uint8Array): boolean {
  const hex = Array.from(bytes, (byte, index) =>
    (index === 31 ? byte & 0x7f : byte).toString(16).padStart(2, '0'),
  );
  return smallPoints.has(hex.join(''));
}

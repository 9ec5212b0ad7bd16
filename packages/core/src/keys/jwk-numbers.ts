/**
 * The bytes of a member that holds a number or a point.
 *
 * RFC 7518 §2 asks for base64url without padding. Large providers publish plain base64, or pad; what is meant is the same, so both are
 * read. Nothing for anything else, spaces and wrong padding included.
 */
export function readBytes(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string') return undefined;
  const [, digits = '', padding = ''] = /^([A-Za-z0-9_+/-]+)(={0,2})$/.exec(value) ?? [];
  if (digits === '' || digits.length % 4 === 1) return undefined;
  if (padding !== '' && (digits.length + padding.length) % 4 !== 0) return undefined;
  const text = atob(digits.replaceAll('-', '+').replaceAll('_', '/'));
  // A set may hold thousands: the mapping of Uint8Array.from takes many times as long
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** The one spelling that RFC 7515 §2 knows, of up to a few thousand bytes: the numbers of a sound key have a thousand at most. */
export function formatBytes(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** A number in as few bytes as it takes (RFC 7518 §2, Base64urlUInt): some libraries put a zero in front, as a sign. */
export function trimNumber(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? new Uint8Array(1) : bytes.subarray(first);
}

/** A coordinate in the full size of its curve (RFC 7518 §6.2.1.2): some libraries leave zeros in front out. Nothing where it is larger. */
export function fitCoordinate(bytes: Uint8Array, size: number): Uint8Array | undefined {
  const number = trimNumber(bytes);
  if (number.length > size) return undefined;
  const full = new Uint8Array(size);
  full.set(number, size - number.length);
  return full;
}

export function bitLength(bytes: Uint8Array): number {
  const number = trimNumber(bytes);
  return number.length * 8 - Math.clz32(number[0] ?? 0) + 24;
}

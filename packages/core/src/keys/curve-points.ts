/** Domain parameters of a curve y² = x³ − 3x + b over the field of p (SP 800-186 §3.2.1). */
interface Curve {
  readonly p: bigint;
  readonly b: bigint;
  /** Bytes of a coordinate (RFC 7518 §6.2.1.2). */
  readonly size: number;
}

const curves: ReadonlyMap<string, Curve> = new Map([
  [
    'P-256',
    {
      p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
      b: 0x5ac635d8_aa3a93e7_b3ebbd55_769886bc_651d06b0_cc53b0f6_3bce3c3e_27d2604bn,
      size: 32,
    },
  ],
  [
    'P-384',
    {
      p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
      b: 0xb3312fa7_e23ee7e4_988e056b_e3f82d19_181d9c6e_fe814112_0314088f_5013875a_c656398d_8a2ed19d_2a85c8ed_d3ec2aefn,
      size: 48,
    },
  ],
  [
    'P-521',
    {
      p: 2n ** 521n - 1n,
      b: 0x51_953eb961_8e1c9a1f_929a21a0_b68540ee_a2da725b_99b315f3_b8b48991_8ef109e1_56193951_ec7e937b_1652c0bd_3bb1bf07_3573df88_3d2c34f1_ef451fd4_6b503f00n,
      size: 66,
    },
  ],
]);

/** Bytes of a coordinate; nothing for a curve that no supported algorithm uses. */
export function getCoordinateSize(curve: string): number | undefined {
  return curves.get(curve)?.size;
}

/** Whether two coordinates are those of a point of a curve (RFC 8725 §3.4). */
export function isOnCurve(curve: string, x: Uint8Array, y: Uint8Array): boolean {
  const parameters = curves.get(curve);
  if (parameters === undefined) return false;
  const { p, b } = parameters;
  const [u, v] = [toNumber(x), toNumber(y)];
  return u < p && v < p && (v * v - (u * u * u - 3n * u + b)) % p === 0n;
}

function toNumber(bytes: Uint8Array): bigint {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  return BigInt(`0x${digits.join('')}`);
}

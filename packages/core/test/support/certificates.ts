import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate with its key, as TLS servers and clients of Node take them. */
export interface Certificate {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** DER encoding. */
  readonly der: Buffer;
  readonly cert: string;
  readonly key: string;
  /** RFC 8705 §3.1 `x5t#S256`. */
  readonly thumbprint: string;
}

interface Wishes {
  /** Default: the certificate signs itself. */
  readonly signer?: Certificate;
  readonly isAuthority?: boolean;
  /** Default: a new key. */
  readonly key?: Certificate;
}

/** Makes an X.509 certificate (RFC 5280 §4.1) for a P-256 key, good for a day, with no program but Node. */
export function createCertificate(
  name: string,
  { signer, isAuthority = false, key }: Wishes = {},
): Certificate {
  const { privateKey, publicKey } = key ?? generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = Date.now();
  const extensions = isAuthority ? [basicConstraints] : [sequence(oid('551d11'), octets(sequence(host)))];
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    nameOf(signer?.name ?? name),
    sequence(time(now - 3_600_000), time(now + 86_400_000)),
    nameOf(name),
    publicKey.export({ format: 'der', type: 'spki' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', body, signer?.privateKey ?? privateKey);
  const der = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.from([0]), signature));
  return {
    name,
    privateKey,
    publicKey,
    der,
    cert: toPem(der),
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
    thumbprint: createHash('sha256').update(der).digest('base64url'),
  };
}

export function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** X.690 §8.1: tag, length, contents. */
function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const contents = Buffer.concat(parts);
  const length = contents.length;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), contents]);
}

const sequence = (...parts: readonly Uint8Array[]) => tagged(0x30, ...parts);
const integer = (bytes: Uint8Array) => tagged(0x02, bytes);
const octets = (bytes: Uint8Array) => tagged(0x04, bytes);
const oid = (hex: string) => tagged(0x06, Buffer.from(hex, 'hex'));
const nameOf = (name: string) =>
  sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(name)))));
/** RFC 5280 §4.1.2.5.1: UTCTime. */
const time = (moment: number) =>
  tagged(
    0x17,
    Buffer.from(
      new Date(moment)
        .toISOString()
        .replaceAll(/[-:T]|\.\d+/g, '')
        .slice(2),
    ),
  );

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
/** RFC 5280 §4.2.1.6: the address that tests listen on, and the name for it. */
const host = Buffer.concat([
  tagged(0x82, Buffer.from('localhost')),
  tagged(0x87, Buffer.from([127, 0, 0, 1])),
]);
/** RFC 5280 §4.2.1.9: critical, and an authority. */
const basicConstraints = sequence(
  oid('551d13'),
  tagged(0x01, Buffer.from([0xff])),
  octets(sequence(tagged(0x01, Buffer.from([0xff])))),
);

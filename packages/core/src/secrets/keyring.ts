/** Size of a tag of HMAC-SHA-256, in bytes. */
export const tagBytes = 32;

/** HMAC-SHA-256 under each of several secrets: the first one signs, all verify. */
export class Keyring {
  readonly #keys: readonly (() => Promise<CryptoKey>)[];

  /** @param secrets - asked for once each, on first use: some runtimes do no work before there is a request */
  constructor(secrets: readonly (() => Uint8Array)[]) {
    this.#keys = secrets.map((secret) => {
      let key: Promise<CryptoKey> | undefined;
      return () => (key ??= importKey(secret()));
    });
  }

  async sign(text: string): Promise<Uint8Array> {
    const [first] = this.#keys;
    if (first === undefined) throw new TypeError('There is no secret.');
    return new Uint8Array(await crypto.subtle.sign('HMAC', await first(), encode(text)));
  }

  /** Compares in constant time (Web Cryptography, HMAC verify), with every secret, whichever of them fits. */
  async verify(tag: Uint8Array<ArrayBuffer>, text: string): Promise<boolean> {
    const data = encode(text);
    const verdicts = await Promise.all(
      this.#keys.map(async (key) => crypto.subtle.verify('HMAC', await key(), tag, data)),
    );
    return verdicts.includes(true);
  }

  /** A key of each secret for one purpose, in their order: one of them tells nothing about the secret or another purpose. */
  derive(purpose: string): Promise<readonly Uint8Array<ArrayBuffer>[]> {
    return Promise.all(
      this.#keys.map(
        async (key) => new Uint8Array(await crypto.subtle.sign('HMAC', await key(), encode(purpose))),
      ),
    );
  }
}

function importKey(secret: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', Uint8Array.from(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

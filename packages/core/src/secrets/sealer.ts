import { decodeBase64url, encodeBase64url } from './base64url.js';
import type { Keyring } from './keyring.js';

/** NIST SP 800-38D §5.2.1.1. */
const ivBytes = 12;
const tagLengthBytes = 16;

/** AES-256-GCM under a key of each of several secrets, for one purpose: the first one seals, all open. */
export class Sealer {
  readonly #keyring: Keyring;
  readonly #purpose: string;
  #keys: Promise<readonly CryptoKey[]> | undefined;

  constructor(keyring: Keyring, purpose: string) {
    this.#keyring = keyring;
    this.#purpose = purpose;
  }

  /** @param place - what the text belongs to: it opens there, and nowhere else */
  async seal(text: string, place: string): Promise<string> {
    const [key] = await this.#readKeys();
    if (key === undefined) throw new TypeError('There is no secret.');
    const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
    const sealed = await crypto.subtle.encrypt(toParameters(iv, place), key, encode(text));
    const bytes = new Uint8Array(ivBytes + sealed.byteLength);
    bytes.set(iv);
    bytes.set(new Uint8Array(sealed), ivBytes);
    return encodeBase64url(bytes);
  }

  /** The text; nothing where it was sealed with another secret, for another place, or not at all. */
  async open(sealed: string, place: string): Promise<string | undefined> {
    const bytes = decodeBase64url(sealed);
    if (bytes === undefined || bytes.byteLength < ivBytes + tagLengthBytes) return undefined;
    const parameters = toParameters(bytes.subarray(0, ivBytes), place);
    for (const key of await this.#readKeys()) {
      try {
        const text = await crypto.subtle.decrypt(parameters, key, bytes.subarray(ivBytes));
        return new TextDecoder().decode(text);
      } catch {
        // Another of the keys may have sealed it
      }
    }
    return undefined;
  }

  /** Made on first use: some runtimes do no work before there is a request. */
  #readKeys(): Promise<readonly CryptoKey[]> {
    return (this.#keys ??= this.#keyring
      .derive(this.#purpose)
      .then((keys) =>
        Promise.all(
          keys.map((key) => crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])),
        ),
      ));
  }
}

function toParameters(iv: Uint8Array<ArrayBuffer>, place: string) {
  return { name: 'AES-GCM', iv, additionalData: encode(place), tagLength: 8 * tagLengthBytes };
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** The keys in the settings of the plugin. It signs with the first, no matter what `default-kid` says, and publishes all. */
export class SigningKeys {
  #keys: readonly JWK[] = [];
  #count = 0;

  async add(): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    this.#count += 1;
    const key = { ...(await exportJWK(privateKey)), kid: `key-${this.#count}`, alg: 'RS256' };
    this.#keys = [key, ...this.#keys];
  }

  removeOld(): void {
    this.#keys = this.#keys.slice(0, 1);
  }

  /** As the plugin wants them. */
  get settings(): Readonly<Record<string, unknown>> {
    return { 'jwks-private': JSON.stringify({ keys: this.#keys }), 'default-kid': `key-${this.#count}` };
  }
}

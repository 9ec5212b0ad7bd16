class LazyResource {
  readonly #identifier: string | undefined;
  #url: URL | undefined;

  constructor(identifier: string | undefined) {
    this.#identifier = identifier;
  }

  get resource(): URL | undefined {
    if (this.#identifier !== undefined) this.#url ??= new URL(this.#identifier);
    return this.#url;
  }
}

interface WithResource {
  /**
   * Identifier of the protected resource that accepted the token (RFC 8707), a URL object as the SDK expects it. Absent in
   * legacy mode only. It is made when it is first read, so a copy made by spreading has none.
   */
  readonly resource?: URL;
}

/**
 * The base of auth infos: a URL of each one's own, because URLs can be changed, and only where somebody reads it.
 *
 * By its type a plain object, so that auth infos stay assignable to what the official SDK declares.
 */
export const ResourceHolder = LazyResource as new (identifier: string | undefined) => WithResource;

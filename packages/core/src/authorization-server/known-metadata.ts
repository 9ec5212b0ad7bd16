import type { AuthServerMetadata } from '../config/authorization-server.js';

type Listener = (metadata: AuthServerMetadata) => void;

/** The metadata of one server as it is known now, for those who want to hear of it without fetching it. */
export class KnownMetadata {
  #current: AuthServerMetadata | undefined;
  readonly #listeners: Listener[] = [];

  /** @param given - what the configuration says; nothing where it is discovered */
  constructor(given: AuthServerMetadata | undefined) {
    this.#current = given;
  }

  listen(listener: Listener): void {
    this.#listeners.push(listener);
    if (this.#current !== undefined) listener(this.#current);
  }

  note(metadata: AuthServerMetadata): void {
    this.#current = metadata;
    for (const listener of this.#listeners) listener(metadata);
  }
}

/** What one configuration has seen of its setup: shared by its gates and by its metadata. */
export class SetupWatch {
  readonly #begin: () => void;
  #hasRouter = false;
  #isRead = false;

  /** @param begin - called with each request that comes without a token that is known */
  constructor(begin: () => void) {
    this.#begin = begin;
  }

  /** Whether anything was made that publishes the metadata. */
  get hasRouter(): boolean {
    return this.#hasRouter;
  }

  /** Whether a metadata document was asked for and given. */
  get isRead(): boolean {
    return this.#isRead;
  }

  noteRouter(): void {
    this.#hasRouter = true;
  }

  noteDocument(): void {
    this.#isRead = true;
  }

  noteRequest(): void {
    this.#begin();
  }
}

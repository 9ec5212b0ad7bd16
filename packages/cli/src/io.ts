/** Where text goes. */
export interface TextSink {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Everything that the command touches besides files and the network, so that tests run it in their own process. */
export interface Io {
  readonly stdin: AsyncIterable<string | Uint8Array> & { readonly isTTY?: boolean | undefined };
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly cwd: string;
  /** Opens a page for its user; absent where nobody is there to see it. */
  readonly openBrowser?: ((url: URL) => Promise<void>) | undefined;
  readonly now: () => Date;
}

/** What the command ends with: 0 good, 1 findings failed, 2 wrong usage, 3 could not be carried out. */
export type ExitCode = 0 | 1 | 2 | 3;

/** A construct in a zod source that cannot be carried over exactly. Generation stops; nothing is written. */
export class CodegenError extends Error {
  override readonly name = 'CodegenError';
  readonly code = 'unsupported_construct';
  /** Where: document, then member names; `[]` stands for the elements of an array. */
  readonly field: string;

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
  }
}

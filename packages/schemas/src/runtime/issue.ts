/**
 * Why a member is refused at the parse level.
 *
 * - `required`: the document kind requires the member and it is absent
 * - `type`: wrong JSON type
 * - `format`: a string that does not have the named format
 * - `value`: not one of the values that are defined
 * - `size`: more elements than are looked at
 */
export type IssueCode = 'required' | 'type' | 'format' | 'value' | 'size';

/** One reason why a document does not parse. Values of the document are never repeated in it. */
export interface Issue {
  readonly code: IssueCode;
  /** Where: member names and array indexes from the root of the document. Empty for the document itself. */
  readonly path: readonly (string | number)[];
  /** One sentence for people. Not stable; switch on `code`. */
  readonly message: string;
}

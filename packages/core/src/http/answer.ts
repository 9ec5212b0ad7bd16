/** Field lines as pairs: a list, because fields repeat. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** A complete HTTP answer that an adapter writes without adding to it. */
export interface Answer {
  readonly status: number;
  readonly headers: HeaderList;
  /** Absent for answers without content. */
  readonly body: string | undefined;
}

/**
 * Fields whose values form a list, so that an answer adds to what the application has set instead of replacing it.
 *
 * `Access-Control-Expose-Headers` is the important one: a CORS middleware in front may have named other fields.
 */
export function isListField(name: string): boolean {
  return listFields.has(name.toLowerCase());
}

const listFields: ReadonlySet<string> = new Set([
  'www-authenticate',
  'access-control-expose-headers',
  'vary',
]);

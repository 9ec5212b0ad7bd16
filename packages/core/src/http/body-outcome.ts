/**
 * What reading a request body led to. Whoever reads hands the parsed value on, so that what was judged is what is run.
 */
export type BodyOutcome = { readonly kind: 'json'; readonly value: unknown } | BodyProblem;

/** Why a body cannot be judged. */
export type BodyProblem =
  | { readonly kind: 'empty' }
  /** No JSON in UTF-8, or with a byte order mark in front (RFC 8259 §8.1). */
  | { readonly kind: 'not-json' }
  /** Its media type is another one, or missing. */
  | { readonly kind: 'wrong-type' }
  /** The body has a content coding, which is not undone here. */
  | { readonly kind: 'encoded' }
  | { readonly kind: 'too-large' }
  /** JSON that is nested too deeply, or holds too many values. */
  | { readonly kind: 'too-complex' }
  /** Sent in so many small pieces that each costs more than it brings. */
  | { readonly kind: 'too-many-chunks' }
  | { readonly kind: 'too-slow' }
  /** All bodies that are being read take as much memory as they may; nothing of this one was read. */
  | { readonly kind: 'busy' }
  /** The client left before its body was complete. */
  | { readonly kind: 'aborted' };

export type BodyProblemKind = BodyProblem['kind'];

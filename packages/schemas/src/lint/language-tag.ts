const LANGUAGE_TAG = /* @__PURE__ */ new RegExp(
  '^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})' + // language, extended language
    '(?:-[a-z]{4})?' + // script
    '(?:-(?:[a-z]{2}|[0-9]{3}))?' + // region
    '(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*' + // variants
    '(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*' + // extensions
    '(?:-x(?:-[a-z0-9]{1,8})+)?$', // private use
  'i',
);

/** Longest tag that is looked at; RFC 5646 section 4.4.1 needs 35 characters. */
const MAX_LENGTH = 64;

/** Tells whether a string is a well-formed language tag (RFC 5646 section 2.1; private-use and old forms aside). */
export const isLanguageTag = (value: string): boolean =>
  value.length <= MAX_LENGTH && LANGUAGE_TAG.test(value);

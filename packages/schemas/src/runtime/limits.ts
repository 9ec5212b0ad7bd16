/** Longest array that is looked at, in elements. Longer ones are refused unread, so a verdict takes bounded time. */
export const MAX_ELEMENTS = 10_000;

/** Most issues reported for one document. */
export const MAX_ISSUES = 100;

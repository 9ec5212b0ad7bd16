/**
 * Why a promise is missed and what was tried, by the words of the promise: the page says it below the table, and whoever writes the page is
 * told of promises that are missed without.
 *
 * @type {Record<string, string>}
 */
export const reasons = {};

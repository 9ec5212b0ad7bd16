const firstSight =
  'in a loop that verifies nothing else the gate adds 8 to 17 µs to a signature; between tokens that nothing has touched before it is twice that, most of it parsing claims, freezing them, and collecting what is kept of each token. Verifying without a promise and copying events without spreads have halved it; remembering the last header gained 0.4 µs and was left out.';

const oneEngine =
  'a configuration is an object, so all that it may name is part of the engine and of every bundle. Comments, source maps and the manifest were taken out; shorter names would cost whoever reads the code in place. Features behind entries that an application imports one by one would be another interface.';

/**
 * Why a promise is missed and what was tried, by the words of the promise: the page says it below the table, and whoever writes the page is
 * told of promises that are missed without.
 *
 * @type {Record<string, string>}
 */
export const reasons = {
  'RS256, a token never seen: processor time, compared with one crypto.verify': firstSight,
  'ES256, a token never seen: processor time, compared with one crypto.verify': firstSight,
  'EdDSA, a token never seen: processor time, compared with one crypto.verify': firstSight,
  'RS256, a token never seen: time until the decision': firstSight,
  'a Worker with the fetch entry that verifies JWTs: its bundle, minified and gzipped': oneEngine,
};

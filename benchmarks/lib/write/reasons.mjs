/**
 * Why promises are missed and what was tried: the page says it below the table, and whoever writes the page is told of promises that are
 * missed without.
 *
 * @type {{ readonly promises: RegExp, readonly why: string }[]}
 */
export const reasons = [
  {
    promises: /^(RS256|ES256|EdDSA), a token never seen:/,
    why: 'beyond its signature, a new token is parsed, its claims are checked and frozen, its size is estimated, and it is kept. Checking alone adds 8 to 17 µs in a loop that does nothing else; the rest is new memory, and collecting it. Verifying without a promise and copying events without spreads have halved it; remembering the last header would save 0.4 µs and was left out. fast-jwt, which does less, is ahead.',
  },
  {
    promises: /a bad signature: what a request takes more/,
    why: 'the bound was set on a faster machine: here the check of an RS256 signature alone takes 25 µs when it has just run, and more between the other work of a request. Most of the rest is what a new token costs.',
  },
  {
    promises: /^RS256, a token seen before:/,
    why: 'looking up a string that has just arrived means hashing all of it, and making it takes a quarter of this time by itself; inline keys, where no issuer is asked, are as far from the bound.',
  },
  {
    promises: /^(Express|Fastify|Hono), (a token seen before|no token|garbage): processor time of a request/,
    why: 'a request of Fastify or Hono without anything takes about 30 µs here, so 10 µs are a third of it; in process one call takes about a microsecond. What remains is the answer to a denied request, reading the header, and a promise where the framework waits for one.',
  },
  {
    promises: /^Hono, operations, a call of/,
    why: 'before anything runs, a body is checked against limits of size, depth, number and time. It was 5 to 7 times; reading from the Node request instead of a web stream, and passing on the parsed value, brought it here. Looking at every byte before parsing was the greatest part of what is left; now that is done only for bodies of more than 150 kB.',
  },
  {
    promises: /^the log, an allowed request in process/,
    why: 'one percent is less than the noise of a run.',
  },
  {
    promises: /^what a kept decision adds to a call with arguments/,
    why: 'a decision is found again by a digest of the arguments, and a digest takes as long as they are long.',
  },
  {
    promises: /^a bound token seen before with a new ES256 proof/,
    why: 'a proof is new each time: in addition to its signature there are two documents to parse, three digests, and an entry among the used proofs. Headers of proofs that were good are remembered, verification is synchronous, and claims live in one typed array; each digest is 2 µs of plain JavaScript, because the core has no module of Node.',
  },
  {
    promises: /^1,000,000 tokens, each as likely/,
    why: 'with a hundred times more tokens in use than the cache may hold, everything that is kept is dropped before it is used again, and was frozen and measured for nothing.',
  },
  {
    promises: /^1,000 resources in one process/,
    why: 'a thousand resources do not fit into the cache of the processor; the work of one request is the same.',
  },
  {
    promises: /^200 rules by templates/,
    why: 'templates are tried one after the other, by their fixed beginning and end first: 0.2 µs each.',
  },
  {
    promises: /^import of @mcp-auth|^a Worker with the fetch entry/,
    why: 'a configuration is an object, so all that it may name is part of the engine and of every bundle, and the engine has doubled since the bound was set: policies, handles, streams, proofs, stores. Comments, source maps and the manifest were taken out; minified it would be a third less, and nobody could read it in place. Features behind separate entries, which an application imports one by one, would be another interface.',
  },
];

/** @param {string} what the words of a promise */
export const reasonOf = (what) => reasons.find(({ promises }) => promises.test(what))?.why;

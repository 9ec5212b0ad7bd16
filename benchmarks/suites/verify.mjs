// What verifying one token costs in process: signature, issuer, audience, expiry, type, one scope.
import { calibrateCalls, compareCpu } from '../lib/cpu-rounds.mjs';
import { createClaims, resource, scope } from '../lib/issuer/tokens.mjs';
import { createSigningKey } from '../lib/issuer/signing-key.mjs';
import { startIssuer } from '../lib/issuer/start-issuer.mjs';
import { baseline, createBareVerify, inProcessSubjects, self } from '../lib/subjects/in-process.mjs';
import { alone } from '../lib/subjects/http/names.mjs';
import { createMarks } from '../lib/subjects/marks.mjs';
import { findLenience } from '../lib/subjects/prove.mjs';

const bare = 'crypto.verify, bare';

/**
 * A string of its own for every use, as an HTTP parser makes one for every request: engines remember the hash of a
 * string they have seen, and would flatter whatever looks tokens up.
 */
const asReceived = (token, takes) => {
  const bytes = Buffer.from(takes === 'header' ? `Bearer ${token}` : token, 'latin1');
  return () => bytes.latin1Slice();
};

async function judgeAll(judge, receive, calls) {
  for (let index = 0; index < calls; index++) {
    const verdict = judge(receive[index % receive.length]());
    if (verdict instanceof Promise) await verdict;
  }
}

async function prepare(names, key, issuer) {
  const setup = { ...issuer, alg: key.alg, jwks: [key.jwk], pem: key.pem, resource, scope };
  const subjects = {};
  const marks = createMarks();
  for (const name of names) {
    const { algorithms, create, takes } = inProcessSubjects[name];
    if (algorithms?.includes(key.alg) === false) continue;
    const judge = create(setup);
    const ask = (token) => judge(asReceived(token, takes)());
    marks.add(name, await findLenience(name, ask, key, issuer.issuer));
    subjects[name] = { judge, takes };
  }
  return { subjects, marks };
}

async function measureRepeated(subjects, key, issuer, { rounds, milliseconds }) {
  const tokens = Array.from({ length: 16 }, () => key.sign(createClaims(issuer)));
  const check = createBareVerify(key, tokens[0]);
  const contenders = { [bare]: () => check() };
  const nobody = { judge: () => undefined, takes: 'header' };
  for (const [name, { judge, takes }] of Object.entries({ [alone]: nobody, ...subjects })) {
    const received = tokens.map((token) => asReceived(token, takes));
    contenders[name] = { judge, received };
  }
  const measured = {};
  for (const [name, contender] of Object.entries(contenders)) {
    const work =
      name === bare
        ? (calls) => {
            for (let index = 0; index < calls; index++) contender();
          }
        : (calls) => judgeAll(contender.judge, contender.received, calls);
    const operations = await calibrateCalls(work, milliseconds);
    measured[name] = { operations, work: () => work(operations) };
  }
  return compareCpu(measured, { baseline: bare, rounds });
}

async function measureFirstSight(subjects, key, issuer, { rounds, batch }) {
  // Many, because this path has run less often than the others until now, and compilers wait for that
  const warmups = 10;
  const pool = Array.from({ length: rounds + warmups }, () =>
    Array.from({ length: batch }, () => key.sign(createClaims(issuer))),
  );
  const contenders = {};
  for (const [name, { judge, takes }] of Object.entries(subjects)) {
    const received = pool.map((tokens) => tokens.map((token) => asReceived(token, takes)));
    contenders[name] = { operations: batch, work: (round) => judgeAll(judge, received[round], batch) };
  }
  return compareCpu(contenders, { baseline, rounds, warmups });
}

/** Runs the suite. */
export async function run({ quick, report }) {
  const names = quick ? [baseline, self] : Object.keys(inProcessSubjects);
  const settings = quick
    ? { rounds: 25, milliseconds: 20, batch: 100 }
    : { rounds: 41, milliseconds: 20, batch: 150 };
  for (const alg of quick ? ['RS256'] : ['RS256', 'ES256', 'EdDSA']) {
    const key = createSigningKey(alg, 'bench-1');
    const issuer = await startIssuer([key]);
    const { subjects, marks } = await prepare(names, key, issuer);
    const length = key.sign(createClaims(issuer.issuer)).length;

    const repeated = await measureRepeated(subjects, key, issuer.issuer, settings);
    const firstSight = await measureFirstSight(subjects, key, issuer.issuer, settings);
    await issuer.close();

    const title = (what) => `${alg}, ${what} (token of ${length} characters)`;
    report.comparison(title('a token seen before'), repeated, 'processor time', marks.mark);
    report.comparison(title('a token never seen'), firstSight, 'processor time', marks.mark);
    marks.explain(report);
    report.figures[alg] = { repeated: repeated.filter(({ name }) => name !== alone), firstSight };
    const find = (measured, wanted = self) => measured.find(({ name }) => name === wanted).ratio;
    if (alg === 'RS256') {
      report.promises.push({
        what: 'a token seen before, in process, beside a bare RS256 crypto.verify',
        value: find(repeated) - find(repeated, alone),
        atMost: 0.03,
        tolerance: 0.1,
        limit: 0.12,
      });
    }
    report.promises.push({
      what: `first sight of a token (${alg}), processor time beside jose jwtVerify with a local key set`,
      value: find(firstSight),
      atMost: 1.1,
      tolerance: 0.05,
      limit: 1.8,
    });
  }
}

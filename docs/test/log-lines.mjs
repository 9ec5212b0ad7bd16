// Whatever the library can log without a code is known to the lookup: node --test docs/test/log-lines.mjs
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import ts from 'typescript';
import { EventSink } from '../../packages/core/dist/adapter.js';
import { readProjectFile, root } from '../../scripts/lib/project.mjs';
import { readCodes, readTables } from '../.vitepress/site/fault-tables.mjs';

const compiled = ts.transpileModule(readProjectFile('docs/.vitepress/theme/tools/find-faults.ts'), {
  compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
});
const { findFaults } = await import(
  `data:text/javascript;base64,${Buffer.from(compiled.outputText).toString('base64')}`
);
const page = readProjectFile('docs/errors.md');
const faults = { codes: readCodes(page), ...readTables(page) };
const knows = (line) => findFaults(`[mcp-auth] ${line}`, faults).length > 0;

/** Where the library says that its documentation is. */
const documentation = /^const documentation = '(\S+)';$/m.exec(
  readProjectFile('packages/core/src/errors/documentation.ts'),
)[1];

/** Why the last word of a line leads nowhere. */
function findDeadEnd(line) {
  const [, address, section] = /→ (\S+)#([\w-]+)$/.exec(line) ?? [];
  if (!address?.startsWith(`${documentation}/`)) return `no link: ${line}`;
  const file = `docs${address.slice(documentation.length)}`;
  const text = existsSync(join(root, file)) ? readProjectFile(file) : '';
  return text.includes(` {#${section}}\n`) ? undefined : `no such section: ${line}`;
}

/** What a logger is handed for events, in order. */
function log(tell) {
  const lines = [];
  const keep = (_event, line) => void lines.push(line);
  const sink = new EventSink({ log: { all: true, logger: { warn: keep, error: keep } } });
  tell(sink);
  sink.close();
  return lines;
}

/** Packages that run in a server. */
const packages = ['core', 'express', 'fastify', 'hono', 'mcp-auth', 'nest', 'next', 'opentelemetry', 'redis'];

/** Names by which a sentence is handed to the log. */
const saying = /^#?(?:warn|advise|error|report)$/;

/** Sentences that hold nothing of their own, and why they need no row. */
const others = {
  '…: …: …': 'a finding about the metadata of a provider, which has a page of its own',
  '…: … → …': 'an error of the configuration: its code and its link are in it',
  '….…': 'puts the path of an option in front of a sentence that is looked at where it is written',
  '… (…)': 'an error of a rule: its code is in front of it',
  '…: policy …: …': 'the warnings of the policies are looked at below',
  '[mcp-auth]… …': 'what stands in front of each line',
  'Give its keys as jwks.': 'part of an error with a code',
  'Each process asks the authorization server itself.': 'stands behind “does not answer”',
  'Requests with a proof are answered with 503.': 'the same',
  'A proof may pass once in each process.': 'the same',
  'Each process refuses what it knows to be revoked; the rest follows when the store answers.': 'the same',
  ' If it is a proxy of yours, name it in limits.proxies.': 'stands behind “is told to wait”',
  ' To let it through: operations: { … }.': 'stands behind “was answered as unknown”',
};

/** Files of which some sentences are errors of the configuration, which have codes: those begin with what an option is. */
const isError = (sentence) => /^(?:is|cannot be|has no place) /.test(sentence);

/** Arguments that are no sentence, and where the sentence comes from. */
const handedOn = {
  message: 'a parameter: its sentence is looked at where it is written',
  warning: 'from the metadata of a provider (below), or the option of an older package',
  sentence: 'describeOtherReleases, which is looked at below',
  line: 'a line that the log itself has composed of a decision, a fault or a limit',
  'event.message': 'a warning, which is looked at where it is written',
  'nonceSecrets === undefined ? perProcess : ownMemory': 'constants of its file, which is looked at below',
  unread: 'a constant of its file, which is looked at below',
  'request.head': 'no sentence',
  other: 'explainInside, which is looked at below',
};

/** Sentences that reach the log by way of a function or a member, by the file that has them. */
const composed = [
  'core/src/engine/release.ts',
  'core/src/events/describe-store.ts',
  'core/src/events/event-log.ts',
  'core/src/gate/judge-operations.ts',
  'core/src/gate/observation.ts',
  'core/src/lists/unlisted-rules.ts',
  'core/src/authorization-server/discover.ts',
  'core/src/authorization-server/read-metadata.ts',
  'core/src/engine/sender-checks.ts',
  'core/src/streams/shared-revocations.ts',
  'fastify/src/plugin.ts',
  'fastify/src/route-net.ts',
];

const sources = packages.flatMap((name) =>
  readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      const path = `${name}/src/${file.replaceAll('\\', '/')}`;
      const text = readFileSync(join(root, 'packages', path), 'utf8');
      return { path, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
    }),
);

/** What a literal says; `…` stands for values. */
function readSentence(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

function* walk(node) {
  yield node;
  for (const child of node.getChildren()) yield* walk(child);
}

/** Whether it is a call that puts the link behind a line. */
const isLinked = (node) => ts.isCallExpression(node) && node.expression.getText() === 'linkLine';

/** What is handed to the log, sentence by sentence, and what no literal says. */
function listSaid() {
  const sentences = [];
  const unread = [];
  for (const { path, tree } of sources)
    for (const node of walk(tree)) {
      if (!ts.isCallExpression(node)) continue;
      const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
      const [handed] = node.arguments;
      const given = handed !== undefined && isLinked(handed) ? handed.arguments[0] : handed;
      if (given === undefined || !saying.test(callee.text ?? '')) continue;
      const sentence = readSentence(given);
      if (sentence !== undefined) sentences.push({ path, sentence });
      // What is reported otherwise is a decision or an error, which has a code
      else if (!callee.text.endsWith('report')) unread.push({ path, written: given.getText(tree) });
    }
  return { sentences, unread };
}

/** Literals of a file that are sentences. */
const listWritten = ({ path, tree }) =>
  [...walk(tree)].flatMap((node) => {
    const sentence = readSentence(node);
    return sentence !== undefined && /[a-z]+ [a-z]+ [a-z]+.*\.$/.test(sentence) ? [{ path, sentence }] : [];
  });

/** As it is printed, with a value for each place. */
const print = (sentence) => sentence.replaceAll('…', 'some.value');

describe('the lookup', () => {
  test('knows every sentence that is handed to the log', () => {
    const { sentences } = listSaid();
    assert.ok(sentences.length > 40, `only ${sentences.length}`);
    const unknown = sentences
      .filter(({ sentence }) => !Object.hasOwn(others, sentence) && !knows(print(sentence)))
      .map(({ path, sentence }) => `${path}: ${sentence}`);
    assert.deepEqual(unknown, [], 'add them to docs/errors.md#log-lines');
  });

  test('knows every sentence of the files that compose some', () => {
    const files = sources.filter(({ path }) => composed.includes(path));
    assert.equal(files.length, composed.length);
    const unknown = files
      .flatMap(listWritten)
      .filter(({ path, sentence }) => !(path.startsWith('core/') && isError(sentence)))
      .filter(({ sentence }) => !Object.hasOwn(others, sentence) && !knows(print(sentence)))
      .map(({ path, sentence }) => `${path}: ${sentence}`);
    assert.deepEqual(unknown, []);
  });

  test('what is handed to the log and is no literal comes from where it is looked at', () => {
    const { unread } = listSaid();
    const unused = Object.keys(handedOn).filter((name) => unread.every(({ written }) => written !== name));
    assert.deepEqual(unused, []);
    const unknown = unread
      .filter(({ written }) => !Object.hasOwn(handedOn, written))
      .filter(({ written }) => !/^(?:describe|explain|advise)\w*\(/.test(written))
      .map(({ path, written }) => `${path}: ${written}`);
    assert.deepEqual(unknown, []);
  });

  test('knows the warning of every policy', () => {
    const warnings = sources
      .filter(({ path }) => path.startsWith('core/src/providers/'))
      .flatMap(({ tree }) => [...walk(tree)])
      .filter((node) => ts.isPropertyAssignment(node) && node.name.getText() === 'warning')
      .map(({ initializer }) => readSentence(initializer));
    assert.ok(warnings.length >= 4);
    const unknown = warnings.filter(
      (warning) => warning === undefined || !knows(`servers[0]: policy name: ${print(warning)}`),
    );
    assert.deepEqual(unknown, []);
  });

  test('knows every name of the system that the log has a hint for', () => {
    const { tree } = sources.find(({ path }) => path === 'core/src/events/fault-hint.ts');
    const names = [...walk(tree)].filter(
      (node) => ts.isStringLiteral(node) && /^[A-Z]+(?:_[A-Z]+)*$/.test(node.text),
    );
    assert.ok(names.length >= 20);
    const known = new Set(faults.names.map(({ said }) => said));
    assert.deepEqual(
      names.map(({ text }) => text).filter((name) => !known.has(name)),
      [],
    );
  });

  test('every row is found by what it says', () => {
    for (const { said } of [...faults.lines, ...faults.names])
      assert.ok(
        findFaults(`web-1: ${print(said)}`, faults).some(({ sentence }) => sentence?.said === said),
        said,
      );
  });

  test('what a newcomer pasted leads to its row', () => {
    const first = (text) => findFaults(text, faults)[0]?.sentence?.anchor;
    assert.equal(
      first(
        '[mcp-auth] Requests come for the host "127.0.0.1:3177", and the resource is http://localhost:3177/mcp. Clients that use that host refuse the metadata',
      ),
      'log-lines',
    );
    for (const text of ['connect ECONNREFUSED 127.0.0.1:9400', 'Error: listen EADDRINUSE: address in use'])
      assert.equal(first(text), 'system-codes', text);
    for (const text of [
      'This does not work\ninvalid_client: client is invalid',
      '{"error": "invalid_client", "error_description": "client is invalid"}',
      'error=access_denied, error_description=The user denied the request.',
    ])
      assert.deepEqual(
        findFaults(text, faults).map(({ sentence }) => sentence.anchor),
        ['sentences'],
        text,
      );
    assert.deepEqual(findFaults('The weather is fine', faults), []);
  });
});

/** One event of each type that is logged as a problem, and more of the same, which are summed up. */
const problems = [
  { type: 'limit', peer: '192.0.2.1', failures: 60, windowSeconds: 60 },
  { type: 'limit', issuer: 'https://auth.example.com', clientId: 'a', failures: 60, windowSeconds: 60 },
  { type: 'cache', cache: 'tokens', maxEntries: 10, maxBytes: 10, dropped: 1 },
  { type: 'store', store: 'claims', whenUnavailable: 'refuse', phase: 'begin', reason: 'down' },
  { type: 'store', store: 'answers', whenUnavailable: 'local', phase: 'begin', reason: 'down' },
];

describe('a line of the log that tells of a problem', () => {
  const leads = (lines) => assert.deepEqual(lines.map(findDeadEnd).filter(Boolean), []);

  test('ends with a link to a section that exists, whatever sentence it has', () => {
    const written = sources.filter(({ path }) => composed.includes(path)).flatMap(listWritten);
    const sentences = [...listSaid().sentences, ...written].map(({ sentence }) => print(sentence));
    const lines = log((sink) => {
      for (const message of sentences) sink.emit({ type: 'warning', message });
    });
    assert.equal(lines.length, sentences.length);
    leads(lines);
  });

  test('ends with one whatever its event is, and so do the sums of a minute', () => {
    const resource = 'https://api.example.com/mcp';
    const lines = log((sink) => {
      for (const problem of problems)
        for (let time = 0; time < 5; time++) sink.emit({ ...problem, resource });
    });
    assert.equal(lines.filter((line) => line.includes('in the last minute')).length, 2);
    assert.equal(lines.length, problems.length + 2);
    leads(lines);
  });

  test('is written to nothing but the log, or links itself', () => {
    const writers = sources.flatMap(({ path, tree }) =>
      [...walk(tree)]
        .filter((node) => ts.isCallExpression(node) && /^console\b/.test(node.expression.getText(tree)))
        .filter(({ arguments: [line] }) => line === undefined || !isLinked(line))
        .map((node) => `${path}: ${node.getText(tree)}`),
    );
    assert.deepEqual(writers, [
      'core/src/events/log-sink.ts: console[level](`${colors[level]}[mcp-auth]${plain} ${line}`)',
    ]);
  });
});

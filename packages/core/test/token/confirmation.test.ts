import { describe, expect, test } from 'vitest';
import {
  type ConfirmationMethod,
  joinConfirmations,
  readConfirmation,
} from '../../src/token/confirmation.js';

const digest = 'a'.repeat(43);
const other = 'b'.repeat(43);
const none = new Set<ConfirmationMethod>();
const key = new Set<ConfirmationMethod>(['jkt']);
const both = new Set<ConfirmationMethod>(['jkt', 'x5t#S256']);

describe('a binding that nobody here can check', () => {
  test.each([
    ['a key, where nothing can be checked', { jkt: digest }, none],
    ['an empty object, where nothing can be checked', {}, none],
    ['a certificate, where only keys can be checked', { 'x5t#S256': digest }, key],
    ['a key and a certificate, where only keys can be checked', { jkt: digest, 'x5t#S256': digest }, key],
    ['an empty object', {}, both],
    ['a method that is not known', { kid: 'k1' }, both],
    ['null', null, both],
    ['a string', digest, both],
    ['a list', [{ jkt: digest }], both],
    ['an empty thumbprint', { jkt: '' }, both],
    ['a number', { jkt: 7 }, both],
    ['a list with the thumbprint', { jkt: [digest] }, both],
    ['a thumbprint that is too short', { jkt: digest.slice(1) }, both],
    ['a thumbprint that is too long', { jkt: `${digest}a` }, both],
    ['a thumbprint with padding', { jkt: `${digest}=` }, both],
    ['a thumbprint in standard base64', { jkt: `${digest.slice(1)}+` }, both],
    ['a good thumbprint next to a bad certificate', { jkt: digest, 'x5t#S256': null }, both],
  ])('%s', (_name, cnf, methods) => {
    expect(readConfirmation({ cnf }, methods)).toBe('unusable');
  });
});

test('a token without cnf is bound to nothing', () => {
  expect(readConfirmation({}, none)).toBeUndefined();
  expect(readConfirmation({}, both)).toBeUndefined();
});

test('what can be checked is read, and methods that are not known are ignored next to it', () => {
  expect(readConfirmation({ cnf: { jkt: digest } }, key)).toEqual({ jkt: digest });
  expect(readConfirmation({ cnf: { jkt: digest, kid: 'k1' } }, key)).toEqual({ jkt: digest });
  expect(readConfirmation({ cnf: { jkt: digest, 'x5t#S256': other } }, both)).toEqual({
    jkt: digest,
    x5tS256: other,
  });
});

test('two statements about one token count together, and must not contradict each other', () => {
  expect(joinConfirmations({ jkt: digest }, { jkt: other })).toBe('unusable');
  expect(joinConfirmations({ x5tS256: digest }, { x5tS256: other })).toBe('unusable');
  expect(joinConfirmations({ jkt: digest }, { x5tS256: other })).toEqual({ jkt: digest, x5tS256: other });
  expect(joinConfirmations({ jkt: digest }, { jkt: digest })).toEqual({ jkt: digest });
  expect(joinConfirmations(undefined, { jkt: digest })).toEqual({ jkt: digest });
  expect(joinConfirmations(undefined, undefined)).toBeUndefined();
});

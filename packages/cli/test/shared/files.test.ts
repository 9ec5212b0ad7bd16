import { describe, expect, test } from 'vitest';
import { readHttpUrl, resolveFile } from '../../src/shared/files.js';

describe('an argument', () => {
  test.each([
    ['https://as.example.com', true],
    ['HTTP://127.0.0.1:9400', true],
    ['C:\\documents\\as.json', false],
    ['c:/documents/as.json', false],
    ['file:///documents/as.json', false],
    ['as.json', false],
    ['https.json', false],
    ['https://', false],
  ])('%s is an address: %s', (argument, isUrl) => {
    expect(readHttpUrl(argument) !== undefined).toBe(isUrl);
  });

  test.each([
    ['win32', 'as.json', 'C:\\work', 'C:\\work\\as.json'],
    ['win32', 'D:\\x\\as.json', 'C:\\work', 'D:\\x\\as.json'],
    ['win32', 'D:/x/as.json', 'C:\\work', 'D:/x/as.json'],
    ['win32', '..\\as.json', 'C:\\work\\here', 'C:\\work\\as.json'],
    ['win32', 'file:///C:/x%20y/as.json', 'C:\\work', 'C:\\x y\\as.json'],
    ['win32', '\\\\server\\share\\as.json', 'C:\\work', '\\\\server\\share\\as.json'],
    ['linux', 'as.json', '/work', '/work/as.json'],
    ['linux', '/x/as.json', '/work', '/x/as.json'],
    ['darwin', 'file:///x%20y/as.json', '/work', '/x y/as.json'],
  ] as const)('on %s %s in %s is %s', (platform, argument, cwd, path) => {
    expect(resolveFile(argument, cwd, platform)).toBe(path);
  });
});

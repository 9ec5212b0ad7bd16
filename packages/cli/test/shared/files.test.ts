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
    ['win32', 'as.json', 'C:\\home', 'C:\\home\\as.json'],
    ['win32', 'D:\\x\\as.json', 'C:\\home', 'D:\\x\\as.json'],
    ['win32', 'D:/x/as.json', 'C:\\home', 'D:/x/as.json'],
    ['win32', '..\\as.json', 'C:\\home\\here', 'C:\\home\\as.json'],
    ['win32', 'file:///C:/x%20y/as.json', 'C:\\home', 'C:\\x y\\as.json'],
    ['win32', '\\\\server\\share\\as.json', 'C:\\home', '\\\\server\\share\\as.json'],
    ['linux', 'as.json', '/srv', '/srv/as.json'],
    ['linux', '/x/as.json', '/srv', '/x/as.json'],
    ['darwin', 'file:///x%20y/as.json', '/srv', '/x y/as.json'],
  ] as const)('on %s %s in %s is %s', (platform, argument, cwd, path) => {
    expect(resolveFile(argument, cwd, platform)).toBe(path);
  });
});

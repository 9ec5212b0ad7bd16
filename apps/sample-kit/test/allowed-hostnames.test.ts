import { expect, it } from 'vitest';
import { allowedHostnames } from '../src/index.js';

it('admits a public server under its own name only', () => {
  expect(allowedHostnames('https://mcp.example.com:8443/mcp')).toEqual(['mcp.example.com']);
});

it('admits a loopback server under all names of this machine', () => {
  expect(allowedHostnames('http://localhost:3001/mcp')).toEqual(['localhost', '127.0.0.1', '[::1]']);
  expect(allowedHostnames('http://notes.localhost:3001/mcp')).toContain('notes.localhost');
});

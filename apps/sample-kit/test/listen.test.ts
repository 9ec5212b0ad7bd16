import { expect, it } from 'vitest';
import { listen, StartupError } from '../src/index.js';

it('says in one sentence that a port is in use', async () => {
  const first = await listen((_request, response) => response.end(), 0, '127.0.0.1');
  try {
    const second = listen((_request, response) => response.end(), first.port, '127.0.0.1');
    await expect(second).rejects.toThrow(StartupError);
    await expect(second).rejects.toThrow(
      `Port ${first.port} is in use: stop the program that listens there, or choose another port.`,
    );
  } finally {
    await first.close();
  }
});

it('gives the port back once closed', async () => {
  const first = await listen((_request, response) => response.end(), 0, '127.0.0.1');
  await first.close();
  const second = await listen((_request, response) => response.end('again'), first.port, '127.0.0.1');
  const response = await fetch(`http://127.0.0.1:${second.port}/`);
  expect(await response.text()).toBe('again');
  await second.close();
});

import type { AnswerStore } from '@mcp-auth/core';
import type { Commands } from './commands.js';

/** What is longer was not written by a process: it is read as far as it takes to see that. 64 KiB grow when they are written out and sealed. */
const maxCharacters = 1_048_576;

/** Sealed answers, one key each, which end on their own. */
export class RedisAnswers implements AnswerStore {
  readonly #commands: Commands;
  readonly #prefix: string;

  constructor(commands: Commands, prefix: string) {
    this.#commands = commands;
    this.#prefix = `${prefix}:answers:`;
  }

  async get(name: string): Promise<string | null> {
    const key = this.#prefix + name;
    // GET would bring up to 512 MB of what somebody else has written there
    const value = await this.#commands.send(key, 'GETRANGE', key, '0', String(maxCharacters));
    if (typeof value !== 'string') throw new Error('Redis answered GETRANGE with no string');
    if (value.length > maxCharacters) throw new Error('Redis holds something that is too long for an answer');
    return value === '' ? null : value;
  }

  async set(name: string, value: string, ttlSeconds: number): Promise<void> {
    const key = this.#prefix + name;
    await this.#commands.send(key, 'SET', key, value, 'EX', String(ttlSeconds));
  }

  async delete(name: string): Promise<void> {
    const key = this.#prefix + name;
    await this.#commands.send(key, 'DEL', key);
  }
}

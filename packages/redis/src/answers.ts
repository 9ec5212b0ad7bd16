import type { AnswerStore } from '@mcp-auth/core';
import type { Commands } from './commands.js';

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
    const value = await this.#commands.send(key, 'GET', key);
    if (value !== null && typeof value !== 'string') throw new Error('Redis answered GET with no string');
    return value;
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

/** A server without its settings must not start with others. */
export function readSetting(name: string): string {
  const value = process.env[name]?.trim() ?? '';
  if (value === '') throw new Error(`Set ${name}: .env.example says what it is.`);
  return value;
}

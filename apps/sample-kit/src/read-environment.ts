import { isLoopback } from './allowed-hostnames.js';
import { StartupError } from './startup-error.js';

/** The three settings of a sample server. */
export interface SampleEnvironment {
  readonly issuer: string;
  readonly resource: string;
  readonly port: number;
}

const meanings = {
  ISSUER: 'the issuer identifier of your OpenID provider, such as https://id.example.com',
  RESOURCE: 'the public URL of this MCP endpoint, such as http://127.0.0.1:3001/mcp',
  PORT: 'the port to listen on, such as 3001',
} as const;

type Name = keyof typeof meanings;

/** @throws {StartupError} one sentence that names what is missing or wrong */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): SampleEnvironment {
  const missing = (Object.keys(meanings) as Name[]).filter((name) => !env[name]?.trim());
  if (missing.length > 0) {
    const wanted = missing.map((name) => `${name} (${meanings[name]})`).join(', ');
    throw new StartupError(`Missing from the environment: ${wanted}.`);
  }
  const read = (name: Name): string => env[name]?.trim() ?? '';
  return {
    issuer: readUrl('ISSUER', read('ISSUER')),
    resource: readUrl('RESOURCE', read('RESOURCE')),
    port: readPort(read('PORT')),
  };
}

function readUrl(name: Name, value: string): string {
  if (!URL.canParse(value) || !/^https?:/.test(value)) {
    throw new StartupError(`${name} is not a URL: it must be ${meanings[name]}.`);
  }
  const { protocol, hostname } = new URL(value);
  if (protocol === 'http:' && !isLoopback(hostname)) {
    throw new StartupError(`${name} must begin with https:// because ${hostname} is not this machine.`);
  }
  return value;
}

function readPort(value: string): number {
  const port = Number(value);
  if (/^\d+$/.test(value) && port > 0 && port < 65_536) return port;
  throw new StartupError(`PORT is not a port number: it must be ${meanings.PORT}.`);
}

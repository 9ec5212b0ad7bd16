import { run, type Io } from '@mcp-auth/cli';

const { stdin, stdout, stderr, env } = process;
const io: Io = { stdin, stdout, stderr, env, cwd: process.cwd(), now: () => new Date() };
process.exitCode = await run(['check', 'https://auth.example.com', '--json'], io);

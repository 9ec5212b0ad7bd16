import { spawn, spawnSync } from 'node:child_process';

const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** Runs a curl line of a README as its reader would, or where there is no curl what the line means. */
export async function runCurl(line: string, token: string): Promise<string> {
  return hasCurl ? runShell(line, token) : runFetch(line, token);
}

async function runShell(line: string, token: string): Promise<string> {
  const shell = spawn('sh', ['-c', line], { env: { ...process.env, TOKEN: token, NO_PROXY: '*' } });
  let output = '';
  shell.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => shell.on('close', resolve));
  if (code === 0) return output;
  throw new Error(`${line} ended with ${String(code)}`);
}

export async function runFetch(line: string, token: string): Promise<string> {
  const words = [...line.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double?.replace('$TOKEN', token) ?? plain ?? '',
  );
  const after = (option: string) =>
    words.flatMap((word, index) => (words[index - 1] === option ? [word] : []));
  const answer = await fetch(words.find((word) => word.startsWith('http://')) ?? '', {
    method: after('-X')[0] ?? 'GET',
    headers: after('-H').map((field): [string, string] => [
      field.slice(0, field.indexOf(':')),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
    body: after('-d')[0] ?? null,
  });
  const body = await answer.text();
  if (!words.includes('-i')) return body;
  const fields = [...answer.headers].map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${answer.status} ${answer.statusText}`, ...fields, '', body].join('\r\n');
}

// Starts the router under test for one run and ends it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

// What a developer's shell may set for a router of their own.
const SETTINGS = ['DEFAULT_PROVIDER', 'LM_STUDIO_DEFAULT_MODEL', 'QWEN_PROXY_BASE_URL', 'QWEN_API_KEY', 'QWEN_BASE_URL',
    'REQUEST_TIMEOUT', 'PROVIDER_ROUTER_DATA', 'HOST', 'PORT'];

/** @returns {Promise<{baseUrl: string, greeting: string, stop: () => Promise<string>}>} stop() gives what it wrote to stderr. */
export async function startRouter(program, upstream) {
    const data = await mkdtemp(join(tmpdir(), 'provider-router-contract-'));
    const env = { ...process.env, LM_STUDIO_BASE_URL: upstream, LOG_LEVEL: 'warn' };
    for (const name of SETTINGS) delete env[name];
    // In the empty folder no .env file is found.
    const child = spawn(resolve(program), ['--data', data, '--port', '0'], { env, cwd: data, stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
    const ended = once(child, 'exit').then(([code]) => `it ended with exit code ${code}`, (error) => error.message);

    const stop = async () => {
        child.kill('SIGTERM');
        const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000);
        await ended;
        clearTimeout(impatience);
        await rm(data, { recursive: true, force: true });
        return errors;
    };

    const greeting = await Promise.race([once(createInterface(child.stdout), 'line').then(([line]) => line), ended]);
    const baseUrl = / listens on (http:\/\/\S+)$/.exec(greeting)?.[1];
    if (baseUrl === undefined) {
        await stop();
        throw new Error(`The router did not start: ${greeting}. ${errors}`);
    }

    return { baseUrl, greeting, stop };
}

// Makes one call with the official client and notes all that its user could see of it.
import { createHash } from 'node:crypto';
import OpenAI from 'openai';
import { CALL_HEADER } from './upstream.mjs';

/**
 * @param {{name: string, answer?: string, call: (client: OpenAI) => unknown}} test
 * @returns {Promise<{outcome: object, responses: object[]}>} What the client returned or threw, and the answers below it.
 */
export async function observe(test, id, baseURL) {
    const responses = [];
    const client = new OpenAI({
        baseURL,
        apiKey: 'sk-of-the-user',
        adminAPIKey: 'sk-of-the-admin',
        organization: 'org-1',
        project: 'proj-1',
        // A retry would hide what went wrong.
        maxRetries: 0,
        timeout: 20_000,
        logLevel: 'off',
        defaultHeaders: { [CALL_HEADER]: id, ...(test.answer ? { 'x-test-answer': test.answer } : {}) },
        fetch: async (url, init) => {
            // A redirect of the provider's is the client's to follow: here it is to be seen.
            const response = await fetch(url, { redirect: 'manual', ...init });
            // The client tries out FormData on a data: URL.
            if (!String(url).startsWith('data:')) responses.push(note(response));
            return response;
        },
    });
    const outcome = await outcomeOf(test, client);
    return { outcome, responses: await Promise.all(responses) };
}

async function outcomeOf(test, client) {
    try {
        return { value: await describe(await test.call(client)) };
    } catch (error) {
        return { error: describeError(error) };
    }
}

// A stream's bytes are left out here: the client breaks off after [DONE], and how many were there by then is chance.
async function note(response) {
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    return {
        status: response.status,
        reason: response.statusText,
        headers: [...response.headers],
        body: isStream ? 'compared as events' : digest(await response.clone().arrayBuffer()),
    };
}

async function describe(value) {
    if (value instanceof Response) return { response: value.status, bytes: digest(await value.arrayBuffer()) };
    if (typeof value?.getPaginatedItems === 'function') {
        const next = value.hasNextPage() ? value.nextPageRequestOptions().query : null;
        return { page: value.constructor.name, body: value.body, items: value.getPaginatedItems(), next };
    }

    if (typeof value?.[Symbol.asyncIterator] === 'function') {
        const events = [];
        try {
            for await (const event of value) events.push(event);
        } catch (error) {
            return { events, brokenBy: describeError(error) };
        }

        return { events };
    }

    return { type: value?.constructor?.name, value, requestId: value?._request_id };
}

function describeError(error) {
    const { name, message, status, code, param, type, requestID, error: body } = error;
    const headers = [...(error.headers ?? [])];
    const cause = error.cause && { name: error.cause.name, message: error.cause.message, code: error.cause.code };
    return { class: error.constructor.name, name, message, status, code, param, type, requestID, body, headers, cause };
}

function digest(bytes) {
    return `${bytes.byteLength} bytes, sha256 ${createHash('sha256').update(Buffer.from(bytes)).digest('hex')}`;
}

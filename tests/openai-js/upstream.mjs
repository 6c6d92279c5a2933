// A provider that takes any path, keeps what it received for comparison, and answers as answers.mjs says.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { answerTo } from './answers.mjs';
import { special } from './special-answers.mjs';

/** Which call a request belongs to; requests without it (the router asks for models as it starts) are nobody's. */
export const CALL_HEADER = 'x-test-call';

export async function startUpstream() {
    const received = new Map();
    const server = createServer(async (request, response) => {
        const body = Buffer.concat(await request.toArray());
        const call = request.headers[CALL_HEADER];
        const noted = record(request, body);
        received.set(call, [...(received.get(call) ?? []), noted]);

        const asked = { method: request.method, target: request.url, headers: request.headers, body, sha256: noted.body.sha256 };
        const answer = special(asked) ?? answerTo(asked);
        response.sendDate = false;
        response.writeHead(answer.status, answer.reason, answer.headers.flat());
        for (const chunk of request.method === 'HEAD' ? [] : answer.chunks) {
            response.write(chunk);
            // Each chunk travels by itself.
            if (answer.chunks.length > 1) await setTimeout(1);
        }

        response.end();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        // A path of two segments in front, as Azure and others have it.
        baseUrl: `http://127.0.0.1:${server.address().port}/deep/v1x`,
        /** What arrived for this call since it was last asked. */
        take(call) {
            const requests = received.get(call) ?? [];
            received.delete(call);
            return requests;
        },
        stop() {
            server.closeAllConnections();
            server.close();
        },
    };
}

// The boundary is drawn by chance for each request, and is all that may differ in a body.
function record(request, body) {
    const boundary = /boundary=("?)([^";]+)\1/.exec(request.headers['content-type'] ?? '')?.[2];
    const unbound = (text) => (boundary ? text.replaceAll(boundary, 'BOUNDARY') : text);
    const bytes = Buffer.from(unbound(body.toString('latin1')), 'latin1');
    const headers = [];
    for (let i = 0; i < request.rawHeaders.length; i += 2) {
        headers.push([request.rawHeaders[i].toLowerCase(), unbound(request.rawHeaders[i + 1])]);
    }

    return {
        method: request.method,
        url: request.url,
        version: request.httpVersion,
        headers,
        body: {
            length: bytes.length,
            sha256: createHash('sha256').update(bytes).digest('hex'),
            begins: bytes.toString('utf8', 0, 300),
        },
        multipart: boundary !== undefined,
    };
}

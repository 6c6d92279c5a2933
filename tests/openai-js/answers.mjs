// What the upstream answers: a pure function of the request, so that a direct call and a routed call get the same bytes.
// The JSON is deliberately not what JSON.stringify would write: parsing it and writing it again on the way shows.

const AT_ANY_TIME = [
    ['date', 'Tue, 15 Nov 1994 08:12:31 GMT'],
    ['x-request-id', 'req_0123456789abcdef'],
    ['openai-processing-ms', '42'],
    ['openai-version', '2020-10-01'],
    ['set-cookie', '__cf_bm=abc.def-1; path=/; HttpOnly; Secure; SameSite=None'],
    ['set-cookie', '_cfuvid=ghi; path=/; domain=.api.example; Expires=Wed, 21 Oct 2099 07:28:00 GMT'],
    ['x-ratelimit-remaining-tokens', '149,984'],
    ['x-empty', ''],
    ['strict-transport-security', 'max-age=31536000; includeSubDomains; preload'],
];

const EVENTS = [
    ': a comment, as keep-alives are\n\n',
    'event: thread.message.delta\nid: 1\ndata: {"id":"evt_1","object":"thread.message.delta","delta":{"content":[]}}\n\n',
    'data: {"id":"evt_2","type":"response.output_text.delta","sequence_number":1.0,"delta":"caf\\u00e9 é漢字😀"}\n\n',
    'event: chunk\r\ndata: {"id":"evt_3","choices":[{"index":0,"delta":{"content":"😀\\ud83d\\ude00 漢"}}]}\r\n\r\n',
    'data:{"id":"evt_4",\ndata: "choices":[{"index":0,"delta":{},"finish_reason":"stop"}],\ndata: "usage":null}\n\n',
    'data: [DONE]\n\n',
].join('');

const BROKEN_EVENTS = 'data: {"id":"evt_1","delta":"é"}\n\n'
    + 'event: error\ndata: {"error":{"message":"Über Last 😀","code":"overloaded"}}\n\n';

/**
 * @param asked `sha256` is that of the body, with the boundary of a form left out.
 * @returns {{status: number, reason?: string, headers: string[][], chunks: Buffer[]}}
 */
export function answerTo({ method, target, headers, body, sha256 }) {
    const [path, query = ''] = target.split('?');
    const accept = headers.accept ?? '';
    const wish = headers['x-test-answer'];
    if (wish === 'refuse') return refuse(method);
    if (wish === 'broken-stream') return stream(BROKEN_EVENTS);
    if (wantsEvents(accept, headers['content-type'] ?? '', query, body)) return stream(EVENTS);
    if (accept === '*/*') return reply(204, [], '');
    return accept.includes('application/json')
        ? reply(200, [['content-type', 'application/json; charset=utf-8']], json(method, path, query, sha256))
        : reply(200, [['content-type', 'application/octet-stream']], bytes());
}

function reply(status, headers, body, reason) {
    const bytes = Buffer.from(body);
    const length = status === 204 ? [] : [['content-length', String(bytes.length)]];
    return { status, reason, headers: [...AT_ANY_TIME, ...headers, ...length], chunks: bytes.length === 0 ? [] : [bytes] };
}

// One error of each kind that clients treat differently: final, to be retried, not JSON.
function refuse(method) {
    const error = (code, message) => `{"error": {"message": "${message}", "type": "t", "param": null, "code": "${code}"}}`;
    const type = ['content-type', 'application/json'];
    const later = [['retry-after', '7'], ['retry-after-ms', '6500']];
    if (method === 'GET') return reply(404, [type], error('not_found', 'Gibt es nicht: é漢😀'), 'Nicht da');
    if (method === 'POST') return reply(429, [type, ...later], error('rate_limit_exceeded', 'Slow down.'));
    return reply(503, [['content-type', 'text/html']], '<html>\n<h1>Überlastet</h1>\n</html>');
}

function wantsEvents(accept, contentType, query, body) {
    return accept === 'text/event-stream'
        || /(^|&)stream=true(&|$)/.test(query)
        || (contentType.startsWith('application/json') && /"stream": ?true/.test(body.toString('latin1')))
        || (contentType.startsWith('multipart/') && /name="stream"\r\n\r\ntrue\r\n/.test(body.toString('latin1')));
}

// In pieces of 11 bytes, which cut through characters and events alike.
function stream(text) {
    const all = Buffer.from(text);
    const chunks = Array.from({ length: Math.ceil(all.length / 11) }, (_, i) => all.subarray(i * 11, (i + 1) * 11));
    const headers = [['content-type', 'text/event-stream; charset=utf-8'], ['cache-control', 'no-cache']];
    return { status: 200, headers: [...AT_ANY_TIME, ...headers], chunks };
}

function bytes() {
    return Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 31 + (i >> 8)) & 255));
}

// Ids have a digit in this test, collections have none.
function json(method, path, query, sha256) {
    const last = path.split('/').at(-1);
    const echo = JSON.stringify({ method, path, query, body: sha256 });
    const item = (n) => `{ "id": "item_${n}", "embedding": "AACAPwAAAEAAAEBA",\t"weight": ${n}.0, "name": "caf\\u00e9 é漢😀" }`;
    if (path.endsWith('/embeddings') || (method === 'GET' && /^[a-z_]+$/.test(last))) {
        const more = !query.includes('after=') && query.includes('pages=2');
        const ends = '"first_id":"item_1","last_id":"item_2","next":"item_2"';
        return `{"object":"list",\n  "data": [${item(1)}, ${item(2)}],\n  ${ends},"has_more":${more},\n  "echo":${echo}}\n`;
    }

    return `{\n  "id": "obj_1", "object": "response", "at": 1.7e9, "big": 12345678901234567890, "twice": 1, "twice": 2,\n`
        + `  "choices": [{"index": 0, "message": {"role": "assistant", "content": "\\ud83d\\ude00 é漢"}}],\n`
        + `  "output": [{"type": "message", "content": [{"type": "output_text", "text": "\\u00fc"}]}],\n  "echo": ${echo}\n}\n`;
}

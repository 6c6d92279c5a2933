// What no method does by itself: verbs, bodies and queries of the caller's own, uploads in chunks, pages, odd answers.
import { toStreamingFile } from 'openai';
import { ODD_ID, allBytes } from './values.mjs';

// Nothing that JSON.stringify would write: parsing it and writing it again on the way shows.
const RAW = '{ "a": 1.0, "big": 12345678901234567890,\t"a": 2, "e": "\\u00e9 é \\ud83d\\ude00",\r\n "x": 1E2 }\n';
const asJson = { headers: { 'content-type': 'application/json' } };
const chat = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };
const streamed = { ...chat, stream: true };
const bytesType = { headers: { 'content-type': 'application/x-bytes' } };

async function* pieces() {
    for (let i = 0; i < 40; i++) yield allBytes();
}

/** @type {{name: string, answer?: string, fails?: boolean, call: (client: import('openai').OpenAI) => unknown}[]} */
export const BY_HAND = [
    ...['get', 'post', 'put', 'patch', 'delete'].map((verb) =>
        call(`client.${verb}, odd path`, (client) => client[verb](`/odd/${encodeURIComponent(ODD_ID)}//%C3%A9/~a;b=c,d/`))),
    ...['post', 'put', 'patch', 'delete'].map((verb) =>
        call(`client.${verb}, raw JSON`, (client) => client[verb]('/raw', { ...asJson, body: RAW }))),
    call('client.request, head', (client) => client.request({ method: 'head', path: '/files/id_1' }).asResponse()),
    call('client.request, options', (client) => client.request({ method: 'options', path: '/files/id_1' })),
    call('withResponse', async (client) => (await client.models.list().withResponse()).request_id),

    call('body: bytes', (client) => client.post('/raw', { ...bytesType, body: allBytes() })),
    call('body: in chunks', (client) => client.post('/raw', { ...bytesType, body: pieces() })),
    call('body: Blob without a type', (client) => client.post('/raw', { body: new Blob([allBytes()]) })),
    call('body: URLSearchParams', (client) => client.post('/raw', { body: new URLSearchParams('a=1&a=é+%2F&b=') })),
    call('body: 4 MB of JSON', (client) => client.chat.completions.create({ ...chat, text: 'é漢😀'.repeat(400_000) })),
    call('body: SDP', (client) => client.realtime.calls.create({ sdp: 'v=0\r\ns=é\r\n' })),
    call('upload in chunks', (client) =>
        client.files.create({ file: toStreamingFile(pieces(), 'é漢.jsonl'), purpose: 'batch' })),

    call('query: order, repeats, blanks', (client) => client.get('/models/m1?b=2&a=1&a=%20+&empty=&flag&&x=%2F%3f')),
    call('query: questions and colons', (client) => client.get("/models/m1?q=a?b:c/d@e!$'()*,;~|^`{}[]<>")),
    call('query: 6 kB', (client) => client.files.list({ after: 'é'.repeat(1000) })),
    call('id: empty', (client) => client.files.content('')),
    call('id: begins with a dot', (client) => client.files.retrieve('.env')),
    call('id: begins with a dot, odd', (client) => client.files.retrieve(`.${ODD_ID}`)),
    call('id: three dots', (client) => client.vectorStores.files.retrieve('...', { vector_store_id: '.a%2fb/c' })),
    call('id: a model with a slash', (client) => client.models.retrieve('vendor/model:7b@q4')),
    call('request header: not ASCII', (client) => client.get('/models/m1', { headers: { 'x-note': 'caf\u00e9' } })),
    call('pages: two', (client) => all(client.files.list({ pages: 2 }))),

    call('stream: bytes', (client) => client.chat.completions.create(streamed).asResponse()),
    call('stream: Responses, bytes', (client) => client.responses.create({ model: 'm', stream: true }).asResponse()),
    call('stream: to a web stream', async (client) =>
        new Response((await client.chat.completions.create(streamed)).toReadableStream())),
    call('stream: error in it', (client) => client.chat.completions.create(streamed), { answer: 'broken-stream' }),
    call('stream: refused', (client) => client.chat.completions.create(streamed), { answer: 'refuse', fails: true }),

    ...['gzip', 'header-utf8', 'header-latin1', 'chunked', 'empty', 'twice', 'big'].map((answer) =>
        call(`answer: ${answer}`, (client) => client.files.retrieve('id_1'), { answer })),
    ...['odd-status', 'conflict', 'redirect'].map((answer) =>
        call(`answer: ${answer}`, (client) => client.chat.completions.create(chat), { answer, fails: true })),
];

function call(name, call, more = {}) {
    return { name, call, ...more };
}

async function all(items) {
    const found = [];
    for await (const item of items) found.push(item);
    return found;
}

// Answers that no method asks for by itself; the cases written by hand name them in the header x-test-answer.
import { gzipSync } from 'node:zlib';

const text = '{ "id": "special", "text": "é漢字😀", "one": 1.0 }\n';
const date = ['date', 'Tue, 15 Nov 1994 08:12:31 GMT'];
const json = ['content-type', 'application/json'];
// Node writes a header's characters as bytes, so UTF-8 in a header is spelled as its bytes.
const utf8 = (value) => Buffer.from(value, 'utf8').toString('latin1');

const ANSWERS = {
    // Its length is that of the packed bytes: unpacking on the way would show.
    gzip: () => answer(200, [json, ['content-encoding', 'gzip'], ['vary', 'accept-encoding']], gzipSync(text)),
    // A file's name as some servers send it.
    'header-utf8': () => answer(200, [json, ['content-disposition', `attachment; filename="${utf8('résumé 漢.pdf')}"`]], text),
    'header-latin1': () => answer(200, [json, ['x-note', 'caf\u00e9']], text),
    // No length and no event stream: in chunks.
    chunked: () => ({ status: 200, headers: [date, json], chunks: [...Buffer.from(text)].map((byte) => Buffer.from([byte])) }),
    empty: () => answer(200, [json], ''),
    // Header names in the case in which they were sent, and one that is there twice.
    twice: () => answer(200, [json, ['X-Twice', 'one'], ['X-Twice', 'two, three'], ['Link', '<a>'], ['Link', '<b>']], text),
    'odd-status': () => answer(418, [json], '{"error": {"message": "short and stout", "code": "teapot"}}'),
    conflict: () => answer(409, [json, ['x-should-retry', 'false']], '{"error": {"message": null}}'),
    redirect: () => answer(307, [json, ['location', 'https://elsewhere.example/v1/%2F?a=%20b']], text),
    big: () => answer(200, [json], JSON.stringify({ text: 'é漢😀'.repeat(400_000) })),
};

function answer(status, headers, body) {
    const bytes = Buffer.from(body);
    const length = ['content-length', String(bytes.length)];
    return { status, headers: [date, ...headers, length], chunks: bytes.length === 0 ? [] : [bytes] };
}

/** The answer that the request names, or undefined. */
export function special({ headers }) {
    return ANSWERS[headers['x-test-answer']]?.();
}

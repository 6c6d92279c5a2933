// The values that calls carry: the plain ones, and those that a gateway which reads and rewrites would get wrong.

/** A body that every method takes: the client checks almost nothing. */
export const MESSAGE = {
    model: 'model-1',
    input: 'Hello',
    messages: [{ role: 'user', content: 'Hello' }],
    sdp: 'v=0\r\n',
    session: { type: 'realtime' },
};

/** The client escapes what may not stand in a path, such as / as %2F: it has to arrive like this, not as a slash. */
export const ODD_ID = "a/b?c#d%2Fe f+g;h=i@j:k!$&'()*,~^|\\ é漢😀 ..1";

/** Fields that no provider knows. */
export const ODD_VALUES = {
    unknown_field: { deep: [1, [2, [3, [{ four: [] }], {}]], null], 'a b&c=d[e]': 'x', '': 'no name' },
    nothing: null,
    truth: [true, false],
    numbers: [0, -0.5, 1e21, 1.5e-9, 9007199254740991],
    text: 'é漢字😀 \u0000\u007f\u2028 <b>&amp;</b> "quoted" \\ \r\n\t %2F + ?#',
    empty: '',
    ключ: ['значение', 'الاسم', 'e\u0301'],
    half: 'half a character: \ud83d',
    model: 'vendor/modèle-漢:😀@1',
};

/** Headers of a caller's own, and those that gateways like to touch. */
export const ODD_HEADERS = {
    'x-odd': 'a, b;c="d\\"e" , f',
    'x-empty': '',
    'accept-language': 'de-CH, de;q=0.9, *;q=0.1',
    cookie: 'a=1; b="2"; c=%20',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    tracestate: 'vendor=1',
    baggage: 'k=v;p',
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'client.example',
    forwarded: 'for=203.0.113.9',
    via: '1.1 first',
    referer: 'https://client.example/a?b',
    'if-none-match': 'W/"a", "b"',
    'idempotency-key': 'stainless-1',
    range: 'bytes=0-',
    'x-api-key': 'of-the-client',
};

/** Without what only JSON can say; a form has no null either. */
export function withoutJsonOnly({ half, nothing, unknown_field, ...others }, isForm) {
    return isForm ? { ...others, unknown_field: { ...unknown_field, deep: [1, 2] } } : { ...others, nothing, unknown_field };
}

/** Every byte, more than once. */
export const allBytes = () => Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) & 255);

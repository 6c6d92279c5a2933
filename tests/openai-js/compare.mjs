// What differs between a direct call and a routed one. Everything counts but what is listed here, each with its reason.
import { inspect, isDeepStrictEqual } from 'node:util';

const REQUEST_HEADERS_OF_ONE_HOP = new Set([
    'host', // names the server that was connected to
    'connection', // is about one connection only (RFC 9110, 7.6.1)
]);

const RESPONSE_HEADERS_OF_ONE_HOP = new Set([
    'connection', // is about one connection only
    'keep-alive', // likewise
    'transfer-encoding', // likewise; a body's length, where there is one, is compared
]);

/** Only the router sets them, on every answer. */
const ROUTER_HEADERS = ['x-router-provider', 'x-router-request-id'];

/** One line for each difference; none if the router was not to be noticed. */
export function differences(direct, routed) {
    const lines = [];
    const same = (what, a, b) => {
        if (!isDeepStrictEqual(a, b)) lines.push(`${what}: ${show(a)} became ${show(b)}`);
    };

    same('number of requests at the provider', direct.received.length, routed.received.length);
    for (const [i, a] of direct.received.entries()) {
        const b = routed.received[i];
        if (b === undefined) break;
        for (const part of ['method', 'url', 'version', 'body']) same(`request ${part}`, a[part], b[part]);
        sameHeaders('request header', a.headers, b.headers, REQUEST_HEADERS_OF_ONE_HOP, same);
    }

    same('number of answers', direct.responses.length, routed.responses.length);
    for (const [i, a] of direct.responses.entries()) {
        const b = routed.responses[i];
        if (b === undefined) break;
        for (const part of ['status', 'reason', 'body']) same(`answer ${part}`, a[part], b[part]);
        sameHeaders('answer header', a.headers, withoutRouter(b.headers), RESPONSE_HEADERS_OF_ONE_HOP, same);
        for (const name of ROUTER_HEADERS) {
            if (!b.headers.some(([key, value]) => key === name && value !== '')) lines.push(`answer header ${name}: missing`);
        }
    }

    const errors = [direct, routed].map(({ outcome }) => outcome.error ?? outcome.value.brokenBy);
    const [a, b] = errors.map((error) => withoutRouter(error?.headers ?? []));
    sameHeaders('error header', a, b, RESPONSE_HEADERS_OF_ONE_HOP, same);
    sameOutcome(direct.outcome, routed.outcome, same);
    return lines;
}

const withoutRouter = (headers) => headers.filter(([name]) => !ROUTER_HEADERS.includes(name));

// The order of headers of different names means nothing; that of values of one name does.
function sameHeaders(what, a, b, ofOneHop, same) {
    const names = new Set([...a, ...b].map(([name]) => name).filter((name) => !ofOneHop.has(name)));
    for (const name of [...names].sort()) {
        same(`${what} ${name}`, valuesOf(a, name), valuesOf(b, name));
    }
}

const valuesOf = (headers, name) => headers.filter(([key]) => key === name).map(([, value]) => value);

function sameOutcome(a, b, same) {
    const plain = ({ value, error }) => ({ ...value, brokenBy: bare(value?.brokenBy), error: bare(error) });
    const [left, right] = [plain(a), plain(b)];
    for (const part of new Set([...Object.keys(left), ...Object.keys(right)])) {
        same(`the client's ${part}`, left[part], right[part]);
    }
}

const bare = (error) => error && { ...error, headers: undefined };

const show = (value) => {
    const text = inspect(value, { depth: 6, breakLength: Infinity, compact: true, maxStringLength: 400 });
    return text.length > 500 ? `${text.slice(0, 500)}…` : text;
};

// Every call of the official client, once directly and once through the router: node run.mjs --router PROGRAM [--only REGEX]
import { parseArgs } from 'node:util';
import { BY_HAND } from './by-hand.mjs';
import { observe } from './caller.mjs';
import { differences } from './compare.mjs';
import { unknownHelpers } from './helpers.mjs';
import { argumentsFor, shapeOf, variantsOf } from './inputs.mjs';
import { startRouter } from './router.mjs';
import { startUpstream } from './upstream.mjs';
import { invoke, walk } from './walk.mjs';

const { values: options } = parseArgs({ options: { router: { type: 'string' }, only: { type: 'string', default: '' } } });
if (!options.router) {
    console.error('Name the program to test: node run.mjs --router PROGRAM');
    process.exit(2);
}

const began = Date.now();
const found = walk();
const methods = found.filter((method) => method.reason === undefined);
const tests = [...methods.flatMap(testsOf), ...BY_HAND].filter(({ name }) => new RegExp(options.only).test(name));
const upstream = await startUpstream();
const router = await startRouter(options.router, upstream.baseUrl).catch((error) => {
    console.error(error.message);
    process.exit(1);
});
console.log(router.greeting);
const counts = { passed: 0, failed: 0, requests: 0, bodies: 0, forms: 0, streams: 0, errors: 0 };
try {
    report('the walk', walkProblems());
    for (const [i, test] of tests.entries()) {
        const direct = await run(test, String(i), upstream.baseUrl);
        const routed = await run(test, String(i), router.baseUrl);
        report(test.name, [...problemsOf(test, direct), ...differences(direct, routed)]);
        count(direct, routed);
    }
} finally {
    const complaints = (await router.stop()).trim();
    upstream.stop();
    if (complaints && counts.failed > 0) console.log(`The router's stderr:\n${complaints}`);
}

console.log(`${methods.length} methods of ${found.length} (the others: helpers.mjs), ${tests.length} calls, each made twice: `
    + `${counts.requests} requests (${counts.bodies} with a body, ${counts.forms} forms), ${counts.streams} streams, `
    + `${counts.errors} errors, ${Date.now() - began} ms`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 ? 1 : 0);

function testsOf(method) {
    const shape = shapeOf(method);
    return variantsOf(shape).map((variant) => ({
        name: `${method.name}, ${variant}`,
        answer: variant === 'refused' ? 'refuse' : undefined,
        fails: variant === 'refused',
        streams: variant === 'stream',
        call: async (client) => invoke(client, method, await argumentsFor(shape, variant)),
    }));
}

async function run(test, id, baseUrl) {
    const seen = await observe(test, id, baseUrl);
    return { ...seen, received: upstream.take(id) };
}

// A test whose direct call shows nothing would pass with any router.
function problemsOf(test, { outcome, received }) {
    const failed = outcome.error !== undefined;
    return [
        ...(received.length === 0 ? ['the direct call sent no request'] : []),
        ...(failed && !test.fails ? [`the direct call failed: ${outcome.error.message}`] : []),
        ...(test.fails && !failed ? ['the direct call did not fail'] : []),
        ...(test.streams && !(outcome.value?.events?.length > 1) ? ['the direct call got no events'] : []),
    ];
}

function walkProblems() {
    return [
        ...(tests.length === 0 ? ['--only matches no call'] : []),
        ...(methods.length < 200 ? [`only ${methods.length} methods found`] : []),
        ...unknownHelpers(found.map(({ name }) => name)).map((name) => `helpers.mjs names ${name}, which is no method`),
    ];
}

function report(name, problems) {
    counts[problems.length === 0 ? 'passed' : 'failed']++;
    if (problems.length > 0) console.log([`FAILED ${name}`, ...problems].join('\n    '));
}

function count(...sides) {
    for (const { outcome, received } of sides) {
        counts.requests += received.length;
        counts.bodies += received.filter(({ body }) => body.length > 0).length;
        counts.forms += received.filter(({ multipart }) => multipart).length;
        counts.streams += outcome.value?.events ? 1 : 0;
        counts.errors += outcome.error ? 1 : 0;
    }
}

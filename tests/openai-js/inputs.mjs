// Arguments for any method of the client, from what the method's own source says it does with them.
import { toFile } from 'openai';
import { MESSAGE, ODD_HEADERS, ODD_ID, ODD_VALUES, allBytes, withoutJsonOnly } from './values.mjs';

// How a method makes its body a form, by the name of the function that it calls for it.
const FORMS = { '': 'always', maybe: 'with a file', encoded: 'of fields', none: 'never' };

/** What there is to know of a method. */
export function shapeOf({ source }) {
    const parameters = /^(?:async )?\w+\(([^)]*)\)/.exec(source)[1].split(',').map((text) => text.split('=')[0].trim());
    const taken = /const \{ ([^}]+) \} = params/.exec(source)?.[1].split(', ') ?? [];
    return {
        parameters,
        // Of the object named params: what goes into path or headers. The rest of it is the body or the query.
        taken: taken.filter((text) => !text.startsWith('...')).map((text) => text.split(':')[0].replaceAll("'", '')),
        inPath: [...source.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name),
        isQuery: parameters.includes('query') || taken.includes('...query'),
        canStream: /stream: \w+\??\.stream/.test(source),
        form: FORMS[/(\w*?)multipartFormRequestOptions/i.exec(source)?.[1] ?? 'none'],
    };
}

/** The ways in which a method of this shape is called. */
export const variantsOf = (shape) => ['plain', 'odd', 'refused',
    ...(shape.canStream ? ['stream'] : []), ...(shape.form === 'with a file' ? ['upload'] : [])];

/** The arguments of one call. */
export async function argumentsFor(shape, variant) {
    const args = [];
    for (const name of shape.parameters) {
        if (name === 'options') args.push(optionsFor(shape, variant));
        else args.push(OBJECTS.includes(name) ? await objectFor(shape, variant) : idFor(variant));
    }

    return args;
}

// All other parameters are ids, which go into the path.
const OBJECTS = ['body', 'params', 'query'];

const idFor = (variant) => (variant === 'odd' ? ODD_ID : 'id_1');

async function objectFor(shape, variant) {
    const values = Object.fromEntries(shape.taken.map((name) => [name, takenValue(shape, name, variant)]));
    const hasFile = shape.form === 'always' || variant === 'upload';
    const isForm = hasFile || shape.form === 'of fields';
    if (hasFile) {
        const name = variant === 'odd' ? 'é漢 😀 "a".bin' : 'a.bin';
        values.file = await toFile(allBytes(), name, { type: 'application/x-test' });
    }

    if (variant === 'stream') values.stream = true;
    if (variant !== 'odd') return { ...values, ...(shape.isQuery ? { limit: 2, order: 'asc' } : MESSAGE) };
    return { ...values, ...(isForm || shape.isQuery ? withoutJsonOnly(ODD_VALUES, isForm) : { ...MESSAGE, ...ODD_VALUES }) };
}

function takenValue(shape, name, variant) {
    if (shape.inPath.includes(name)) return idFor(variant);
    return name === 'Idempotency-Key' ? 'key-1' : ['one=v1', 'two=v2'];
}

// Options override what a method sets: a query of ours only where the method has none.
function optionsFor(shape, variant) {
    if (variant !== 'odd') return undefined;
    return { headers: ODD_HEADERS, ...(shape.isQuery ? {} : { query: withoutJsonOnly(ODD_VALUES, false) }) };
}

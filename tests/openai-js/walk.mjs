// Every method of every resource of the official client, found by walking the client itself.
import OpenAI from 'openai';
import { helperReason } from './helpers.mjs';

/**
 * @returns {{name: string, path: string[], source: string, reason: string | undefined}[]} The methods; those with a reason
 * are not called.
 */
export function walk() {
    const client = new OpenAI({ apiKey: 'k', adminAPIKey: 'a', baseURL: 'http://127.0.0.1:9/v1' });
    return resources(client, client, [], new Set([client])).flatMap(({ path, resource }) =>
        methodNames(resource).map((method) => {
            const name = [...path, method].join('.');
            return { name, path: [...path, method], source: String(resource[method]), reason: helperReason(name) };
        }));
}

/** Calls the method that walk() found, on another client. */
export function invoke(client, { path }, args) {
    const resource = path.slice(0, -1).reduce((parent, name) => parent[name], client);
    return resource[path.at(-1)](...args);
}

// Resources are the values that hold this client. The client's own methods (get, post, …) are the plumbing of all
// resources; by-hand.mjs calls them.
function resources(client, parent, path, seen) {
    return Object.keys(parent)
        .filter((name) => !name.startsWith('_') && parent[name]?._client === client && !seen.has(parent[name]))
        .flatMap((name) => {
            const resource = parent[name];
            seen.add(resource);
            return [{ path: [...path, name], resource }, ...resources(client, resource, [...path, name], seen)];
        });
}

function methodNames(resource) {
    const names = new Set();
    for (let type = Object.getPrototypeOf(resource); type && type !== Object.prototype; type = Object.getPrototypeOf(type)) {
        for (const name of Object.getOwnPropertyNames(type)) {
            if (name !== 'constructor' && !name.startsWith('_') && typeof resource[name] === 'function') {
                names.add(name);
            }
        }
    }

    return [...names];
}

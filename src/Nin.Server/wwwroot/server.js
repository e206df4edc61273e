// What the page asks of the server. The API key lives as long as the page does.

let key = '';

/** Sends a key with every request from now on. */
export function useKey(value) {
    key = value;
}

/** Whether a key is in use. */
export const hasKey = () => key !== '';

/** An answer that is none, in words: what, why and how to mend it. */
export class Problem extends Error {
    constructor(what, { status = 0, why = '', fix = '' } = {}) {
        super(what);
        Object.assign(this, { status, why, fix });
    }
}

/** The names of all models, the default first. */
export async function modelNames() {
    return (await ask('/v2/models')).models;
}

/** A model in its own words: { name, labels, input: [C, H, W], dataset, accuracy }. */
export async function describe(name) {
    const { parameters = {} } = await ask(`/v2/models/${encodeURIComponent(name)}`);
    return {
        name,
        labels: parsed(parameters.label_names) ?? [],
        input: parsed(parameters.input_size) ?? [],
        dataset: parameters.dataset ?? '',
        accuracy: parsed(parameters.test_accuracy),
    };
}

/** Where pictures are sent. */
export const predictPath = (model, isDefault, more = '') => `/predict?topk=5${more}${isDefault ? '' : `&model=${encodeURIComponent(model)}`}`;

/** Classifies a picture, class maps included. */
export function predict(picture, path, signal) {
    const form = new FormData();
    form.append('file', picture.blob, picture.name);
    return ask(path, { method: 'POST', body: form, signal });
}

async function ask(path, request = {}) {
    const headers = key ? { Authorization: `Bearer ${key}` } : {};
    let answer;
    try {
        answer = await fetch(path, { ...request, headers });
    } catch (error) {
        if (error.name === 'AbortError') throw error;
        throw new Problem('The server cannot be reached', { why: `nothing answers at ${location.origin}`, fix: 'see whether it is still running' });
    }
    if (answer.ok) return answer.json();
    throw await problem(answer);
}

/** Problem details, or whatever else a proxy on the way may have said. */
async function problem(answer) {
    const isProblem = answer.headers.get('Content-Type')?.includes('json');
    const { title, detail, fix } = isProblem ? await answer.json().catch(() => ({})) : {};
    const wait = answer.headers.get('Retry-After');
    return new Problem(title ?? `The server answered ${answer.status} ${answer.statusText}`.trim(), {
        status: answer.status,
        why: detail,
        fix: fix ?? (wait && `try again in ${wait} s`),
    });
}

/** Metadata values may be JSON or JSON in a string. */
function parsed(value) {
    try {
        return typeof value === 'string' ? JSON.parse(value) : value;
    } catch {
        return undefined;
    }
}

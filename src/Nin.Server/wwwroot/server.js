// What the page asks of the server. The API key lives as long as the page does.

let key = '';

/** Sends a key with every request from now on. */
export function useKey(value) {
    key = value;
}

/** Whether a key is in use. */
export const hasKey = () => key !== '';

/** A request that came to nothing, in words: what happened and how to mend it. */
export class Problem extends Error {
    constructor(what, fix, status = 0) {
        super(what);
        Object.assign(this, { fix, status });
    }
}

/** The names of all models, the default first. */
export async function modelNames() {
    return (await ask('/v2/models')).models.map(({ name }) => name);
}

/** A model in its own words: { name, labels, input: [C, H, W], dataset, accuracy, hasMaps }. */
export async function describe(name) {
    const { outputs, parameters } = await ask(`/v2/models/${encodeURIComponent(name)}`);
    return {
        name,
        labels: parameters.label_names,
        input: parameters.input_size,
        dataset: parameters.dataset,
        accuracy: parameters.test_accuracy,
        hasMaps: outputs.some(output => output.name === 'class_maps'),
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

/** A file of the page. */
export async function load(path) {
    return whole((await reach(path)).blob());
}

/** Asks for a document. */
async function ask(path, request) {
    return whole((await reach(path, request)).json());
}

/** A body to its end. */
async function whole(reading) {
    try {
        return await reading;
    } catch (error) {
        if (error.name === 'AbortError') throw error;
        throw new Problem('the answer broke off, or cannot be read', 'try again');
    }
}

/** Asks; what only reads is asked again while the server is warming up. */
async function reach(path, request = {}, patience = 20) {
    const headers = key ? { Authorization: `Bearer ${key}` } : {};
    let answer;
    try {
        answer = await fetch(path, { ...request, headers });
    } catch (error) {
        if (error.name === 'AbortError') throw error;
        throw new Problem(`nothing answers at ${location.origin}`, 'see whether the server is still running');
    }
    if (answer.ok) return answer;
    if (answer.status === 503 && !request.method && patience > 0) {
        await new Promise(done => setTimeout(done, 500));
        return reach(path, request, patience - 1);
    }
    throw await problem(answer);
}

/** Problem details, or whatever else a proxy on the way may have said. */
async function problem(answer) {
    const { title, detail } = await answer.json().catch(() => ({}));
    const wait = answer.headers.get('Retry-After');
    return new Problem(detail ?? title ?? `the server answered ${answer.status} ${answer.statusText}`, wait && `try again in ${wait} s`, answer.status);
}

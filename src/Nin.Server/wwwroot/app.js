// The page from top to bottom: a picture comes in, the server answers, the answer is shown.

import { bars, explain, percent, press, timing } from './answer.js';
import { Camera } from './camera.js';
import { Drawing } from './drawing.js';
import { Evidence } from './evidence.js';
import { files } from './files.js';
import { Problem, describe, hasKey, modelNames, predict, predictPath, useKey } from './server.js';
import { samples } from './samples.js';
import { csharp, curl } from './snippets.js';
import { tabs } from './tabs.js';

const $ = id => document.getElementById(id);

let names = [], model, picture, request, keyWanted = false;

const evidence = new Evidence(
    Object.fromEntries(['stage', 'seen', 'overlay', 'field', 'cells', 'reading', 'map', 'opacity'].map(id => [id, $(id)])),
    index => press($('bars'), index));
const camera = new Camera($('video'), $('camera-words'), $('shoot'));
const drawing = new Drawing($('paper'), $('nib'), $('pen'), drawn);
const from = tabs($('tab-file').parentElement, id => id === 'tab-camera' ? camera.start() : camera.stop());
tabs($('tab-curl').parentElement);

files($('file'), $('drop'), (file, count) => {
    from('tab-file');
    take({ blob: file, name: file.name || 'picture.png', isFile: true }, count > 1 ? `Only the first of ${count} pictures was taken. ` : '');
});
$('undo').addEventListener('click', () => drawing.undo());
$('clear').addEventListener('click', () => drawing.clear());
$('shoot').addEventListener('click', async () => {
    const blob = await camera.shoot();
    from('tab-file');
    $('tab-file').focus();
    take({ blob, name: 'photo.jpg' });
});
$('model').addEventListener('change', () => attempt(() => useModel($('model').value)));
$('key-form').addEventListener('submit', event => {
    event.preventDefault();
    useKey($('key').value);
    $('key').value = '';
    attempt(start);
});
for (const button of document.querySelectorAll('.copy')) button.addEventListener('click', () => copy($(button.dataset.copies)));

attempt(start);

async function start() {
    names = await modelNames();
    $('model').replaceChildren(...names.map(name => new Option(name)));
    $('model-choice').hidden = names.length < 2;
    await useModel(names[0]);
}

async function useModel(name) {
    model = await describe(name);
    const { input: [channels, height, width], dataset, labels, accuracy } = model;
    $('model-facts').textContent = [
        names.length < 2 && name,
        labels.length && `${labels.length} classes`,
        height > 0 && `${width} × ${height} pixels${channels === 1 ? ', grey' : ''}`,
        accuracy && `${percent(accuracy)} right on its test images`,
    ].filter(Boolean).join(' · ');

    $('tab-draw').hidden = channels !== 1;
    if (channels === 1) drawing.resize(width > 0 ? width : 28, height > 0 ? height : 28);
    else if ($('tab-draw').ariaSelected === 'true') from('tab-file');
    $('pen').value = dataset === 'fashion-mnist' ? 4 : 2;
    $('samples').hidden = dataset !== 'fashion-mnist';
    snippets();
    if (picture) await classify();
}

async function drawn() {
    $('undo').disabled = $('clear').disabled = drawing.isEmpty;
    if (!drawing.isEmpty) take({ blob: await drawing.png(), name: 'drawing.png', isDrawn: true });
}

/** Takes a new picture: { blob, name, and where it comes from }. */
function take(next, remark = '') {
    if (picture) URL.revokeObjectURL(picture.url);
    picture = { ...next, type: next.blob.type || 'application/octet-stream', url: URL.createObjectURL(next.blob) };
    if (!picture.isDrawn) {
        $('invitation').hidden = true;
        Object.assign($('picture'), { hidden: false, src: picture.url, alt: picture.name });
        $('picture-name').textContent = picture.name;
    }
    snippets();
    attempt(() => classify(remark));
}

async function classify(remark = '') {
    request?.abort();
    request = new AbortController();
    const [asked, size] = [picture, pixels(picture)];
    const answer = await predict(asked, predictPath(model.name, isDefault(), '&maps=1'), request.signal);
    const [prediction] = answer.predictions;
    const isNear = !asked.isDrawn && !asked.isAgain;

    for (const part of document.querySelectorAll('.empty')) part.hidden = true;
    $('answer').querySelector('.given').hidden = false;
    $('label').textContent = prediction.label;
    $('sureness').textContent = `with ${percent(prediction.probability)}`;
    $('timing').textContent = timing(answer.timing_ms);
    bars($('bars'), prediction.topk, index => evidence.choose(index));
    $('status').textContent = `${remark}${prediction.label}, ${percent(prediction.probability)}.`;

    const shows = Boolean(prediction.maps) && await size;
    $('evidence').querySelector('.given').hidden = !shows;
    if (shows) evidence.show({ ...asked, ...shows }, prediction);
    if (isNear) $('label').scrollIntoView({ block: 'nearest' });
}

/** The size of a picture as the browser shows it, null where it cannot. */
async function pixels({ blob }) {
    const bitmap = await createImageBitmap(blob).catch(() => null);
    return bitmap && { width: bitmap.width, height: bitmap.height };
}

/** Does something that asks the server, and says what went wrong. */
async function attempt(what) {
    try {
        explain($('problem'), null);
        $('key-form').hidden = true;
        await what();
    } catch (error) {
        if (error.name === 'AbortError') return;
        if (!(error instanceof Problem)) throw error;
        const wantsKey = error.status === 401;
        keyWanted ||= wantsKey;
        explain($('problem'), error, wantsKey ? null : () => attempt(what));
        $('key-form').hidden = !wantsKey;
        if (wantsKey) $('key').focus();
    }
}

const isDefault = () => model.name === names[0];

function snippets() {
    const of = picture ?? { name: 'picture.png', type: 'image/png' };
    const path = predictPath(model.name, isDefault());
    $('curl').textContent = curl(of, path, hasKey());
    $('csharp').textContent = csharp(of, path, hasKey());
    $('save-line').hidden = !picture || Boolean(picture.isFile || picture.sample);
    if (picture) Object.assign($('save'), { href: picture.url, download: picture.name });
}

async function copy(code) {
    try {
        await navigator.clipboard.writeText(code.textContent);
    } catch { // Pages over plain http may only copy what is selected.
        getSelection().selectAllChildren(code);
        document.execCommand('copy');
    }
    $('status').textContent = 'Copied.';
}

samples($('samples').querySelector('ul'), sample => {
    from('tab-file');
    take(sample);
});

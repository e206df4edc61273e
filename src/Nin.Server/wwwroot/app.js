// The page from top to bottom: a picture comes in, the server answers, the answer is shown.

import { bars, explain, percent, press, timing } from './answer.js';
import { Camera } from './camera.js';
import { Drawing } from './drawing.js';
import { Evidence } from './evidence.js';
import { files } from './files.js';
import { samples } from './samples.js';
import { Problem, describe, hasKey, load, modelNames, predict, predictPath, useKey } from './server.js';
import { csharp, curl } from './snippets.js';
import { tabs } from './tabs.js';

const $ = id => document.getElementById(id);
const parts = (...ids) => Object.fromEntries(ids.map(id => [id, $(id)]));

let names = [], model, picture, request, turn = 0;

const evidence = new Evidence(
    parts('stage', 'seen', 'overlay', 'field', 'cells', 'reading', 'map', 'opacity', 'for', 'against'),
    index => press($('bars'), index));
const camera = new Camera($('video'), $('camera-words'), $('shoot'));
const drawing = new Drawing($('paper'), $('nib'), $('pen'), drawn);
const from = tabs($('tab-file').parentElement, id => id === 'tab-camera' ? camera.start() : camera.stop());
tabs($('tab-curl').parentElement);

files($('file'), $('drop'), (file, count) => take(
    { blob: file, name: file.name || 'picture.png', isFile: true },
    count > 1 ? `Only the first of ${count} files was taken. ` : ''));
samples($('samples').querySelector('ul'), (path, name) => attempt(async () => {
    const mine = ++turn;
    const blob = await load(path);
    if (turn !== mine) throw new DOMException('another picture came meanwhile', 'AbortError');
    hold({ blob, name, sample: path });
    await send();
}));
$('drop').addEventListener('click', () => $('file').click());
$('undo').addEventListener('click', () => drawing.undo());
$('clear').addEventListener('click', () => drawing.clear());
$('shoot').addEventListener('click', async () => {
    take({ blob: await camera.shoot(), name: 'photo.jpg' });
    $('tab-file').focus();
});
$('picture').addEventListener('load', event => event.target.classList.toggle('small', event.target.naturalWidth < 200));
$('picture').addEventListener('error', () => invite('The browser cannot show this file.'));
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
    const described = await describe(name);
    if ($('model').value !== name) return; // Another was chosen meanwhile.
    model = described;
    const { input: [channels, height, width], dataset, labels, accuracy } = model;
    const facts = [
        names.length < 2 && name,
        `${labels.length} classes`,
        `${width} × ${height} pixels${channels === 1 ? ', grey' : ''}`,
        accuracy && `${percent(accuracy)} right on its test images`,
    ];
    $('model-facts').replaceChildren(...facts.filter(Boolean).map(textContent => Object.assign(document.createElement('li'), { textContent })));

    $('tab-draw').hidden = channels !== 1;
    if (channels === 1) drawing.resize(width, height);
    else {
        if ($('tab-draw').ariaSelected === 'true') from('tab-file');
        if (picture?.isDrawn) show();
    }
    $('pen').value = dataset === 'fashion-mnist' ? 4 : 2;
    $('samples').hidden = dataset !== 'fashion-mnist';
    snippets();
    if (picture) await classify();
    else reveal('answer', false);
}

async function drawn() {
    $('undo').disabled = $('clear').disabled = drawing.isEmpty;
    if (!drawing.isEmpty) take({ blob: await drawing.png(), name: 'drawing.png', isDrawn: true });
}

/** Takes a new picture, see hold, and has it classified. */
function take(next, remark) {
    hold(next, remark);
    attempt(send);
}

/** Has the page hold a picture, { blob, name } and where it comes from: isFile, isDrawn, or its address as sample. */
function hold(next, remark = '') {
    turn++;
    if (picture) URL.revokeObjectURL(picture.url);
    picture = { ...next, remark, type: next.blob.type || 'application/octet-stream', url: URL.createObjectURL(next.blob) };
    if (!picture.isDrawn) {
        from('tab-file');
        show();
    }
    if (model) snippets();
}

/** Shows the picture in the place of files. */
function show() {
    invite('');
    Object.assign($('picture'), { src: picture.url, alt: picture.name });
    $('picture-name').textContent = picture.name;
}

/** Has the picture classified; where the chosen model is not known yet, asks for that first. */
function send() {
    if (!model) return start();
    return model.name === $('model').value ? classify() : useModel($('model').value);
}

/** Words in the place of the picture. */
function invite(words) {
    $('invitation').hidden = !words;
    $('invitation').textContent = words;
    $('picture').hidden = Boolean(words);
}

async function classify() {
    request?.abort();
    const { signal } = request = new AbortController();
    const asked = picture;
    const path = predictPath(model.name, isDefault(), model.hasMaps ? '&maps=1' : '');
    const [answer, size] = await Promise.all([predict(asked, path, signal), pixels(asked.blob)]);
    if (signal.aborted) return;
    const [prediction] = answer.predictions;

    $('label').textContent = prediction.label;
    $('sureness').textContent = `with ${percent(prediction.probability)}`;
    $('timing').textContent = timing(answer.timing_ms);
    const hasEvidence = Boolean(prediction.maps && size);
    bars($('bars'), prediction.topk, hasEvidence && (index => evidence.choose(index)));
    reveal('answer', true);

    $('why-empty').textContent = size ? 'This network ends with fully connected layers: it has no class maps.' : 'The browser cannot show this file.';
    reveal('evidence', hasEvidence);
    if (hasEvidence) evidence.show({ ...asked, ...size }, prediction);

    $('status').textContent = `${asked.remark}${prediction.label}, ${percent(prediction.probability)}.`;
    if (!asked.isDrawn) $('label').scrollIntoView({ block: 'nearest' });
}

/** The size of a picture as the browser shows it, null where it cannot. */
async function pixels(blob) {
    const bitmap = await createImageBitmap(blob).catch(() => null);
    return bitmap && { width: bitmap.width, height: bitmap.height };
}

/** Shows what was given for a section, or what stands there when nothing was. */
function reveal(section, isGiven) {
    $(section).querySelector('.given').hidden = !isGiven;
    $(section).querySelector('.empty').hidden = isGiven;
}

/** Does something that asks the server, and says what went wrong. */
async function attempt(what) {
    const busy = is => ['answer', 'evidence'].forEach(id => { $(id).ariaBusy = is; });
    try {
        if ($('problem').contains(document.activeElement)) $('main').focus(); // Its button goes away.
        explain($('problem'), null);
        $('key-form').hidden = true;
        busy(true);
        await what();
        busy(false);
    } catch (error) {
        if (error.name === 'AbortError') return; // Another picture came; it says when it is done.
        busy(false);
        if (!(error instanceof Problem)) throw error;
        const wantsKey = error.status === 401;
        reveal('answer', false);
        reveal('evidence', false);
        $('answer').querySelector('.empty').hidden = true; // The problem stands there.
        explain($('problem'), error, wantsKey ? null : () => attempt(what));
        $('key-form').hidden = !wantsKey;
        if (wantsKey) $('key').focus();
        else if (!picture?.isDrawn) $('problem').scrollIntoView({ block: 'nearest' });
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
        if (!document.execCommand('copy')) {
            $('status').textContent = 'It is selected; copy it by hand.';
            return;
        }
    }
    $('status').textContent = 'Copied.';
}

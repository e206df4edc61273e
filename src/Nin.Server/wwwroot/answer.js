// The likeliest classes, and what went wrong where there are none.

/** @param share 0..1 */
export const percent = share => `${(100 * share).toFixed(1)} %`;

/** Fills the list of bars. @param chosen called with the index of the class whose bar was pressed; false where pressing does nothing. */
export function bars(list, topk, chosen) {
    list.ariaLabel = chosen ? 'Likeliest classes; choosing one shows its map' : 'Likeliest classes';
    list.replaceChildren(...topk.map(({ label, index, probability }) => {
        const bar = document.createElement(chosen ? 'button' : 'div');
        if (chosen) bar.type = 'button';
        bar.dataset.index = index;
        bar.append(span('name', label), ' ', span('share', percent(probability)), span('bar', ''));
        bar.lastChild.style.setProperty('--share', probability);
        if (chosen) bar.addEventListener('click', () => chosen(index));
        const item = document.createElement('li');
        item.append(bar);
        return item;
    }));
}

/** Marks the bar of the class whose map is shown. */
export function press(list, index) {
    for (const bar of list.querySelectorAll('button')) bar.ariaPressed = String(Number(bar.dataset.index) === index);
}

/** How long it took, and with what. */
export const timing = ({ decode, queue, compute, total }) =>
    `${total.toFixed(1)} ms in the server: decoding ${decode.toFixed(1)}, waiting ${queue.toFixed(1)}, computing ${compute.toFixed(1)}`;

/** Says what went wrong; nothing where problem is null. */
export function explain(box, problem, again) {
    box.replaceChildren();
    if (!problem) return;
    const lines = [['what', problem.message], ['fix', problem.fix]].filter(([, words]) => words);
    box.append(...lines.map(([name, words]) => Object.assign(document.createElement('p'), { className: name, textContent: sentence(words) })));
    if (!again) return;
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'button', textContent: 'Try again' });
    button.addEventListener('click', again);
    box.append(button);
}

/** A capital and a full stop; a file name at the beginning stays as it is. */
const sentence = words => (/^[a-z]+ /.test(words) ? words[0].toUpperCase() + words.slice(1) : words) + (/[.!?]$/.test(words) ? '' : '.');

function span(className, textContent) {
    return Object.assign(document.createElement('span'), { className, textContent });
}

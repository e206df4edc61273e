// Pictures that are dropped anywhere on the page, pasted, or chosen.

/** Calls take(file, number of files) for each picture that comes. */
export function files(input, drop, take) {
    const first = list => list.length > 0 && take(list[0], list.length);
    input.addEventListener('change', () => {
        first([...input.files]);
        input.value = ''; // The same file may be chosen again.
    });
    document.addEventListener('paste', event => first([...event.clipboardData.files]));

    document.addEventListener('dragover', event => {
        event.preventDefault();
        drop.classList.add('over');
    });
    document.addEventListener('dragleave', event => event.relatedTarget === null && drop.classList.remove('over'));
    document.addEventListener('drop', event => {
        event.preventDefault();
        drop.classList.remove('over');
        first([...event.dataTransfer.files]);
    });
}

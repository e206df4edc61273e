/**
 * Tabs as screen readers know them: arrows move between them, Enter or Space chooses.
 * @param chosen called with the id of the tab that was chosen.
 * @returns a function that chooses a tab by its id.
 */
export function tabs(list, chosen = () => {}) {
    const all = [...list.querySelectorAll('[role=tab]')];
    const choose = id => {
        for (const tab of all) {
            tab.setAttribute('aria-selected', tab.id === id);
            tab.tabIndex = tab.id === id ? 0 : -1;
            document.getElementById(tab.getAttribute('aria-controls')).hidden = tab.id !== id;
        }
        chosen(id);
    };
    list.addEventListener('click', event => event.target.role === 'tab' && choose(event.target.id));
    list.addEventListener('keydown', event => {
        const shown = all.filter(tab => !tab.hidden);
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!step) return;
        shown.at((shown.indexOf(event.target) + step) % shown.length).focus();
        event.preventDefault();
    });
    return choose;
}

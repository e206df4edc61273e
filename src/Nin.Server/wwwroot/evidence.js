// The class maps over the picture. A class's score is the mean of its map, so that the lead of one class over another is the sum of what the cells add.

const For = [240, 138, 60], Against = [86, 180, 233];
const Lead = 'lead';

/** The picture, a map over it, and its cells. */
export class Evidence {
    #maps;
    #winner;
    #selected = -1;

    /** @param parts the elements stage, seen, overlay, field, cells, reading, map, opacity, for and against; @param shown called with the class whose map is shown, or null. */
    constructor(parts, shown) {
        Object.assign(this, parts, { shown });
        this.map.addEventListener('change', () => this.#draw());
        this.opacity.addEventListener('input', () => this.#fade());
        this.cells.addEventListener('click', event => event.target.dataset.cell && event.target.focus());
        this.cells.addEventListener('focusin', event => this.#select(Number(event.target.dataset.cell)));
        this.cells.addEventListener('keydown', event => this.#key(event));
        this.#fade();
    }

    /** Shows a prediction. @param picture { url, name, width, height } @param prediction with maps. */
    show(picture, { label, index, maps }) {
        const stays = this.map.value === Lead;
        this.#maps = maps;
        this.#winner = { label, index };
        this.#selected = -1;
        this.picture = picture;
        this.seen.src = picture.url;
        this.seen.alt = `The picture, ${picture.name}`;
        this.seen.classList.toggle('small', picture.width < 200);
        this.stage.style.aspectRatio = `${picture.width} / ${picture.height}`;
        this.stage.style.width = `${Math.min(1, picture.width / picture.height) * 100}%`;
        this.#offer();
        this.map.value = stays ? Lead : index;
        this.#lay();
        this.#draw();
        this.#read();
    }

    /** Shows the map of a class. */
    choose(index) {
        this.map.value = index;
        this.#draw();
    }

    #offer() {
        const mean = ({ values }) => values.reduce((sum, value) => sum + value, 0) / values.length;
        const classes = this.#maps.classes.toSorted((one, other) => mean(other) - mean(one));
        this.map.replaceChildren(
            new Option(`${this.#winner.label} over ${this.#runnerUp}`, Lead),
            ...classes.map(({ label, index }) => new Option(label, index)));
    }

    /** The cells as a grid over the picture. */
    #lay() {
        const { height, width, grid, shares } = this.#maps;
        place(this.cells, grid, this.picture);
        this.cells.style.gridTemplate = `repeat(${height}, 1fr) / repeat(${width}, 1fr)`;
        this.cells.replaceChildren(...Array.from({ length: height }, (_, row) => {
            const line = Object.assign(document.createElement('div'), { role: 'row' });
            line.append(...Array.from({ length: width }, (_, column) => {
                const cell = Object.assign(document.createElement('div'), { role: 'gridcell', tabIndex: -1, ariaSelected: 'false' });
                cell.dataset.cell = row * width + column;
                cell.ariaLabel = this.#sentence(row * width + column);
                return cell;
            }));
            return line;
        }));
        this.#cell(shares.indexOf(Math.max(...shares))).tabIndex = 0; // Tab enters where the winner gains most.
        this.field.hidden = true;
    }

    #draw() {
        const { height, width, grid, classes, shares } = this.#maps;
        const chosen = classes.find(({ index }) => String(index) === this.map.value);
        const values = chosen?.values ?? shares;
        const largest = Math.max(...values.map(Math.abs));
        const small = coloured(values, width, height, largest || 1);
        const scale = 560 / Math.max(this.picture.width, this.picture.height);
        Object.assign(this.overlay, { width: this.picture.width * scale, height: this.picture.height * scale });
        const [across, down] = [grid.width / width * scale, grid.height / height * scale];
        this.overlay.getContext('2d').drawImage(small, grid.x * scale - across, grid.y * scale - down, across * (width + 2), down * (height + 2));
        this.for.textContent = `for, +${largest.toFixed(2)}`;
        this.against.textContent = `−${largest.toFixed(2)}, against`;
        this.shown(chosen?.index ?? null);
    }

    #fade() {
        this.overlay.style.opacity = this.opacity.value / 100;
        this.opacity.ariaValueText = `${this.opacity.value} %`;
    }

    #select(cell) {
        this.#cell(this.#selected)?.setAttribute('aria-selected', 'false');
        this.#selected = cell;
        for (const other of this.cells.querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
        Object.assign(this.#cell(cell), { tabIndex: 0, ariaSelected: 'true' });
        place(this.field, this.#maps.cells[cell], this.picture);
        this.field.hidden = false;
        this.#read();
    }

    #clear() {
        this.#cell(this.#selected)?.setAttribute('aria-selected', 'false');
        this.#selected = -1;
        this.field.hidden = true;
        this.#read();
    }

    #key(event) {
        const { width, height } = this.#maps;
        const cell = Number(event.target.dataset.cell);
        const [row, column] = [Math.floor(cell / width), cell % width];
        const next = {
            ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
            Home: [row, 0], End: [row, width - 1], PageUp: [0, column], PageDown: [height - 1, column],
        }[event.key];
        if (event.key === 'Escape') this.#clear();
        else if (!next) return;
        else if (next[0] >= 0 && next[0] < height && next[1] >= 0 && next[1] < width) this.#cell(next[0] * width + next[1]).focus();
        event.preventDefault();
    }

    #read() {
        this.reading.textContent = this.#selected < 0
            ? `${this.#winner.label} leads ${this.#runnerUp} by ${this.#maps.margin.toFixed(2)}. Choose a cell to see what it sees and what it adds.`
            : this.#sentence(this.#selected);
    }

    #sentence(cell) {
        const { width, cells, shares, margin } = this.#maps;
        const [seen, share] = [cells[cell], shares[cell]];
        const does = share >= 0 ? `adds ${share.toFixed(2)} to` : `takes ${(-share).toFixed(2)} from`;
        const part = margin > 0 ? `, ${(100 * Math.abs(share) / margin).toFixed(0)} % of it` : '';
        return `Row ${Math.floor(cell / width) + 1}, column ${cell % width + 1} sees ${Math.round(seen.width)} × ${Math.round(seen.height)} pixels ` +
            `and ${does} the lead of ${margin.toFixed(2)} that ${this.#winner.label} has over ${this.#runnerUp}${part}.`;
    }

    get #runnerUp() {
        return this.#maps.classes.find(({ index }) => index === this.#maps.runner_up).label;
    }

    #cell(number) {
        return this.cells.querySelector(`[data-cell="${number}"]`);
    }
}

/** A pixel a cell, the outermost ones twice, so that the map fades into no edge. */
function coloured(values, width, height, largest) {
    const image = new ImageData(width + 2, height + 2);
    const inside = (place, size) => Math.min(Math.max(place - 1, 0), size - 1);
    for (let y = 0; y < height + 2; y++) {
        for (let x = 0; x < width + 2; x++) {
            const value = values[inside(y, height) * width + inside(x, width)];
            image.data.set([...(value >= 0 ? For : Against), 255 * Math.abs(value) / largest], 4 * (y * (width + 2) + x));
        }
    }
    const canvas = Object.assign(document.createElement('canvas'), { width: width + 2, height: height + 2 });
    canvas.getContext('2d').putImageData(image, 0, 0);
    return canvas;
}

/** Lays an element over a rectangle of a picture. */
function place(element, { x, y, width, height }, picture) {
    Object.assign(element.style, {
        left: `${100 * x / picture.width}%`,
        top: `${100 * y / picture.height}%`,
        width: `${100 * width / picture.width}%`,
        height: `${100 * height / picture.height}%`,
    });
}

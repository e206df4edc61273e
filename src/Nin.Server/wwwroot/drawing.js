// Paper of as many pixels as the model takes: what is seen is what is sent.

const Soft = '#777', Core = '#fff';

/** Draws white on black with a pointer or the keyboard. */
export class Drawing {
    #strokes = [];
    #at;
    #down = false;

    /** @param ring shows where the keyboard's pen is; @param pen the slider of its width; @param changed called whenever a stroke has been finished or taken back. */
    constructor(paper, ring, pen, changed) {
        Object.assign(this, { paper, ring, pen, changed });
        paper.addEventListener('pointerdown', event => this.#begin(event));
        paper.addEventListener('pointermove', event => this.#move(event));
        for (const end of ['pointerup', 'pointercancel']) paper.addEventListener(end, event => event.isPrimary && this.#lift());
        paper.addEventListener('keydown', event => this.#key(event));
        paper.addEventListener('blur', () => this.#lift());
    }

    get isEmpty() {
        return this.#strokes.length === 0;
    }

    /** Takes paper of a size; what was drawn on another is gone. */
    resize(width, height) {
        if (this.paper.width === width && this.paper.height === height && this.#at) return;
        Object.assign(this.paper, { width, height });
        this.#at = { x: width / 2, y: height / 2 };
        this.#down = false;
        this.#strokes = [];
        this.#redo();
    }

    undo() {
        this.#down = false;
        this.#strokes.pop();
        this.#redo();
    }

    clear() {
        this.#down = false;
        this.#strokes = [];
        this.#redo();
    }

    /** A PNG of the model's size. */
    png() {
        return new Promise(done => this.paper.toBlob(done, 'image/png'));
    }

    #begin(event) {
        if (event.button !== 0 || !event.isPrimary) return; // A second finger draws nothing.
        this.paper.setPointerCapture(event.pointerId);
        this.#start(this.#place(event));
    }

    #move(event) {
        if (!this.#down || !event.isPrimary) return;
        for (const part of event.getCoalescedEvents?.() ?? [event]) this.#strokes.at(-1).points.push(this.#place(part));
        this.#draw();
    }

    #start(point) {
        this.#down = true;
        this.#strokes.push({ width: Number(this.pen.value) * this.paper.width / 28, points: [point] });
        this.#draw();
    }

    #lift() {
        if (!this.#down) return;
        this.#down = false;
        this.#redo();
    }

    #key(event) {
        const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
        if (step) {
            this.#at = { x: clamp(this.#at.x + step[0], this.paper.width), y: clamp(this.#at.y + step[1], this.paper.height) };
            if (this.#down) this.#strokes.at(-1).points.push(this.#at);
        } else if (event.key === ' ') {
            if (this.#down) this.#lift();
            else this.#start(this.#at);
        } else if (event.key === 'z' && (event.ctrlKey || event.metaKey)) {
            this.undo();
        } else {
            return;
        }
        event.preventDefault();
        this.#draw();
    }

    #redo() {
        this.#draw();
        this.changed();
    }

    #place(event) {
        const box = this.paper.getBoundingClientRect();
        return { x: (event.clientX - box.left) / box.width * this.paper.width, y: (event.clientY - box.top) / box.height * this.paper.height };
    }

    #draw() {
        const ink = this.paper.getContext('2d');
        ink.globalCompositeOperation = 'source-over';
        ink.fillStyle = '#000';
        ink.fillRect(0, 0, this.paper.width, this.paper.height);
        Object.assign(ink, { lineCap: 'round', lineJoin: 'round', globalCompositeOperation: 'lighten' });
        for (const { width, points } of this.#strokes) {
            const path = new Path2D();
            path.moveTo(points[0].x, points[0].y);
            for (const point of points) path.lineTo(point.x, point.y);
            for (const [style, extra] of [[Soft, 1.2], [Core, 0]]) {
                Object.assign(ink, { strokeStyle: style, lineWidth: width + extra });
                ink.stroke(path);
            }
        }
        this.ring.style.left = `${this.#at.x / this.paper.width * 100}%`;
        this.ring.style.top = `${this.#at.y / this.paper.height * 100}%`;
        this.ring.classList.toggle('down', this.#down);
    }
}

const clamp = (value, end) => Math.min(Math.max(value, 0.5), end - 0.5);

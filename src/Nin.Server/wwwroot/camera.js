const Sentences = {
    NotAllowedError: 'The browser was not allowed to use the camera.',
    NotFoundError: 'This device has no camera.',
    NotReadableError: 'Another program is using the camera.',
};

const off = stream => stream.getTracks().forEach(track => track.stop());

/** The device's camera, on only while it is looked at. */
export class Camera {
    #stream;
    #turn;

    constructor(video, words, button) {
        Object.assign(this, { video, words, button });
    }

    async start() {
        this.stop();
        const { signal } = this.#turn = new AbortController();
        this.words.textContent = 'Asking for the camera …';
        try {
            if (!navigator.mediaDevices) throw new Error('Browsers give the camera only to pages that come over https or from this machine.');
            const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
            if (signal.aborted) return off(stream);
            this.video.srcObject = this.#stream = stream;
            await this.video.play();
            this.words.textContent = '';
            this.button.disabled = false;
        } catch (error) {
            if (!signal.aborted) this.words.textContent = Sentences[error.name] ?? error.message;
        }
    }

    stop() {
        this.#turn?.abort();
        this.button.disabled = true;
        this.video.srcObject = null;
        if (this.#stream) off(this.#stream);
        this.#stream = undefined;
    }

    /** The middle square of what is seen, as a JPEG. */
    shoot() {
        const { videoWidth: width, videoHeight: height } = this.video;
        const side = Math.min(width, height);
        const still = Object.assign(document.createElement('canvas'), { width: side, height: side });
        still.getContext('2d').drawImage(this.video, (side - width) / 2, (side - height) / 2);
        return new Promise(done => still.toBlob(done, 'image/jpeg', 0.92));
    }
}

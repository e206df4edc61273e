const Sentences = {
    NotAllowedError: 'The browser was not allowed to use the camera.',
    NotFoundError: 'This device has no camera.',
    NotReadableError: 'Another program is using the camera.',
};

/** The device's camera, on only while it is looked at. */
export class Camera {
    #stream;
    #wanted = false;

    constructor(video, words, button) {
        Object.assign(this, { video, words, button });
    }

    async start() {
        this.#wanted = true;
        this.words.textContent = 'Asking for the camera …';
        try {
            if (!navigator.mediaDevices) throw new Error('Browsers give the camera only to pages that come over https or from this machine.');
            this.#stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
            if (!this.#wanted) return this.stop();
            this.video.srcObject = this.#stream;
            await this.video.play();
            this.words.textContent = '';
            this.button.disabled = false;
        } catch (error) {
            this.words.textContent = Sentences[error.name] ?? error.message;
        }
    }

    stop() {
        this.#wanted = false;
        this.button.disabled = true;
        this.video.srcObject = null;
        for (const track of this.#stream?.getTracks() ?? []) track.stop();
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

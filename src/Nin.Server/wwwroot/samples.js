// A picture of each class from the test images of Fashion-MNIST.

const Samples = {
    't-shirt-top': 'T-shirt/top', trouser: 'Trouser', pullover: 'Pullover', dress: 'Dress', coat: 'Coat',
    sandal: 'Sandal', shirt: 'Shirt', sneaker: 'Sneaker', bag: 'Bag', 'ankle-boot': 'Ankle boot',
};

/** Fills a list with them. @param take called with the picture that was chosen. */
export function samples(list, take) {
    list.append(...Object.entries(Samples).map(([file, label]) => {
        const path = `/samples/${file}.png`;
        const button = Object.assign(document.createElement('button'), { type: 'button', title: label });
        button.append(Object.assign(new Image(), { src: path, alt: label, width: 28, height: 28 }));
        button.addEventListener('click', async () => take({ blob: await (await fetch(path)).blob(), name: `${file}.png`, sample: path }));
        const item = document.createElement('li');
        item.append(button);
        return item;
    }));
}

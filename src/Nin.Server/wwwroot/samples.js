// A picture of each class from the test images of Fashion-MNIST.

const Samples = {
    't-shirt-top': 'T-shirt/top', trouser: 'Trouser', pullover: 'Pullover', dress: 'Dress', coat: 'Coat',
    sandal: 'Sandal', shirt: 'Shirt', sneaker: 'Sneaker', bag: 'Bag', 'ankle-boot': 'Ankle boot',
};

/** Fills a list with them. @param chosen called with the path and the name of the picture that was chosen. */
export function samples(list, chosen) {
    list.append(...Object.entries(Samples).map(([file, label]) => {
        const path = `/samples/${file}.png`;
        const button = Object.assign(document.createElement('button'), { type: 'button', title: label });
        button.append(Object.assign(new Image(), { src: path, alt: label, width: 28, height: 28 }));
        button.addEventListener('click', () => chosen(path, `${file}.png`));
        const item = document.createElement('li');
        item.append(button);
        return item;
    }));
}

'use strict';
// The SVG of the server as PNG, drawn by the browser: twice its size, within what canvases may have.
const button = document.getElementById('pngfile'), LARGEST = 12000;
button.hidden = false;
button.addEventListener('click', () => {
  const picture = new Image();
  const fail = () => { document.getElementById('said').textContent = button.dataset.failed; button.textContent = 'PNG ✗'; };
  picture.onerror = fail;
  picture.onload = () => {
    const scale = Math.min(2, LARGEST / picture.naturalWidth, LARGEST / picture.naturalHeight);
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.naturalWidth * scale);
    canvas.height = Math.round(picture.naturalHeight * scale);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(blob => {
      if (!blob) { fail(); return; }
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = 'network.png';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    }, 'image/png');
  };
  picture.src = document.getElementById('svgfile').href;
});

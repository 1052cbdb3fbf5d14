'use strict';
// Files dropped on the form, and how far they are; without this script the form and a page that reloads do the same.
const form = document.getElementById('addform'), input = document.getElementById('files');
const drop = document.getElementById('drop'), state = document.getElementById('addstate');
document.getElementById('dropnote').hidden = false;

function list() {
  const files = [...input.files], size = files.reduce((sum, file) => sum + file.size, 0);
  const much = files.length > Number(form.dataset.mostFiles) || size > Number(form.dataset.mostBytes);
  input.setCustomValidity(much ? form.dataset.tooMuch : '');
  const items = files.map(file => {
    const item = document.createElement('li');
    item.textContent = file.name + ' · ' + (file.size / 1000).toFixed(0) + ' kB';
    return item;
  });
  document.getElementById('chosen').replaceChildren(...items);
  if (much) input.reportValidity();
}
input.addEventListener('change', list);
for (const kind of ['dragenter', 'dragover']) {
  drop.addEventListener(kind, event => { event.preventDefault(); drop.classList.add('over'); });
}
for (const kind of ['dragleave', 'drop']) drop.addEventListener(kind, () => drop.classList.remove('over'));
drop.addEventListener('drop', event => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  list();
});
// a file dropped beside the form would take the page's place
for (const kind of ['dragover', 'drop']) window.addEventListener(kind, event => event.preventDefault());

async function watch() {
  try {
    const answer = await fetch('/add.json', {cache: 'no-store'});
    const job = await answer.json();
    if (!job.running) { location.replace(location.href.split('#')[0]); return; }
    for (const item of state.querySelectorAll('.stages li')) {
      if (item.dataset.stage === job.stage) {
        item.setAttribute('aria-current', 'step');
        document.getElementById('addstage').textContent = item.textContent;
      } else item.removeAttribute('aria-current');
    }
    const bar = document.getElementById('addprogress');
    bar.max = job.of || 1;
    bar.value = job.done;
    document.getElementById('addcount').textContent = job.done + ' / ' + job.of;
  } catch { /* the server is busy: ask again */ }
  setTimeout(watch, 600);
}
if (state.dataset.running === 'yes') setTimeout(watch, 400);

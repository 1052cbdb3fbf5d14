'use strict';
// Copying, and the basket: ids of claims in this browser, carried to the server in the address alone.
const KEY = 'kg-basket', MOST = 200;
const english = document.body.dataset.language === 'en';

function tell(text) { document.getElementById('said').textContent = text; }
function basket() {
  try {
    const ids = JSON.parse(localStorage.getItem(KEY) || '[]');
    return Array.isArray(ids) ? ids.filter(id => /^c-[0-9a-f]{16}$/.test(id)).slice(0, MOST) : [];
  } catch { return []; }
}
function keep(ids) {
  try { localStorage.setItem(KEY, JSON.stringify(ids)); } catch { /* private windows: the address still carries it */ }
  show();
}
function address(ids) {
  const link = new URL(document.getElementById('basketlink').href);
  if (ids.length) link.searchParams.set('claims', ids.join(',')); else link.searchParams.delete('claims');
  return link.href;
}
function show() {
  const ids = basket();
  document.getElementById('basketcount').textContent = ids.length ? '(' + ids.length + ')' : '';
  document.getElementById('basketlink').href = address(ids);
  for (const button of document.querySelectorAll('button.basket')) {
    button.dataset.out = button.dataset.out || button.textContent;
    const held = ids.includes(button.dataset.claim);
    button.textContent = held ? button.dataset.in : button.dataset.out;
    button.setAttribute('aria-pressed', String(held));
  }
}

async function copy(text) {
  try { await navigator.clipboard.writeText(text); return; } catch { /* not allowed: the older way */ }
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'away';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

document.addEventListener('click', async event => {
  const button = event.target.closest('button');
  if (!button) return;
  if (button.dataset.copy) {
    await copy(button.dataset.exact || document.querySelector(button.dataset.copy).textContent);
    const before = button.textContent, done = english ? 'Copied' : '已复制';
    tell(done);
    if (before !== done) {
      button.textContent = done;
      setTimeout(() => { button.textContent = before; }, 1500);
    }
  }
  if (button.classList.contains('basket')) {
    const ids = basket(), id = button.dataset.claim;
    keep(ids.includes(id) ? ids.filter(other => other !== id) : [...ids, id]);
  }
  if (button.dataset.drop) { const rest = basket().filter(id => id !== button.dataset.drop); keep(rest); location.href = address(rest); }
  if (button.id === 'emptybasket') { keep([]); location.href = address([]); }
});

// a basket opened by its address becomes this browser's; opened empty it shows what this browser holds
if (document.getElementById('basketpage')) {
  const given = (new URL(location.href).searchParams.get('claims') || '').split(',').filter(Boolean);
  if (given.length) { if (!basket().length) keep(given); } else if (basket().length) location.replace(address(basket()));
}
window.addEventListener('storage', show);
show();

'use strict';
// Shared by both pictures: texts, search, filters, the panel of evidence, the table.
window.addEventListener('error', event => { document.documentElement.dataset.error = String(event.message); });
const DATA = JSON.parse(document.getElementById('data').textContent);
const T = DATA.texts;
const FONT = '"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif';
const $ = id => document.getElementById(id);
const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const glide = calm ? false : {duration: 350, easingFunction: 'easeInOutQuad'};

function fill(text, values) { return text.replace(/\{(\w+)\}/g, (all, key) => key in values ? values[key] : all); }

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined) node.setAttribute(key, value);
  }
  for (const child of children) if (child !== null && child !== undefined) node.append(child);
  return node;
}

// --- panel ---------------------------------------------------------------
// in the workbench a claim's id leads to its page
function claimMark(claim) {
  const base = DATA.addresses.claims;
  return base ? el('a', {href: base.replace('{}', claim), target: '_top'}, el('code', null, claim)) : el('code', null, claim);
}
// one block for a quote, however many claims rest on the same words
function quoteBlock(group) {
  const e = DATA.evidence[group[0]], foot = el('footer', null, el('b', null, e.document));
  const spoken = [...new Set(group.map(i => DATA.names.assertion[DATA.evidence[i].assertion]))].filter(Boolean);
  foot.append([e.locator && ' ' + e.locator, spoken.length && ' · ' + spoken.join('、')].filter(Boolean).join(''), el('br'), T.claim);
  for (const claim of new Set(group.map(i => DATA.evidence[i].claim))) foot.append(' ', claimMark(claim));
  return el('blockquote', null, el('p', null, e.quote), foot);
}
function byQuote(indexes) {
  const groups = new Map();
  for (const i of indexes) {
    const key = DATA.evidence[i].document + '\n' + DATA.evidence[i].quote;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(i);
  }
  return [...groups.values()];
}

function inSteps(parent, items, make, step) {
  let shown = 0;
  const more = el('button', {type: 'button', class: 'more', onclick: next});
  function next() {
    for (const item of items.slice(shown, shown + step)) parent.insertBefore(make(item), more);
    shown = Math.min(items.length, shown + step);
    more.textContent = fill(T.more, {n: items.length - shown});
    more.hidden = shown >= items.length;
  }
  parent.append(more);
  next();
}

function showPanel(card) {
  const panel = $('panel');
  panel.replaceChildren();
  panel.scrollTop = 0;
  if (!card) { panel.append(el('h2', null, T.details), el('p', {class: 'empty'}, T.empty)); return; }
  panel.append(el('h2', null, card.title));
  if (card.tags.length) panel.append(el('ul', {class: 'tags'}, ...card.tags.map(tag => el('li', null, tag))));
  if (card.facts.length) panel.append(el('dl', null, ...card.facts.flatMap(([k, v]) => [el('dt', null, k), el('dd', null, v)])));
  panel.append(el('h3', null, T.quotes + (card.quotes.length ? ' (' + card.quotes.length + ')' : '')));
  if (!card.quotes.length) panel.append(el('p', {class: 'empty'}, T.no_quote));
  else inSteps(panel.appendChild(el('div')), card.quotes, card.quote || quoteBlock, 8);
  if (card.near && card.near.length) {
    panel.append(el('h3', null, T.neighbours + ' (' + card.near.length + ')'));
    inSteps(panel.appendChild(el('div', {class: 'near'})), card.near, item =>
      el('div', null, el('small', null, item.hint), el('button', {type: 'button', onclick: item.go}, item.label)), 12);
  }
}

// --- search --------------------------------------------------------------
function startSearch(entries, choose, highlight) {
  const box = $('search'), list = $('hits'), frame = $('hitbox');
  const folded = entries.map(entry => entry.label.toLowerCase());
  function close() { frame.hidden = true; }
  function marked(label, at, length) {
    return [label.slice(0, at), el('mark', null, label.slice(at, at + length)), label.slice(at + length)];
  }
  function look() {
    const wanted = box.value.trim().toLowerCase();
    list.replaceChildren();
    if (!wanted) { close(); highlight(null); return; }
    const hits = entries.map((entry, i) => ({entry, at: folded[i].indexOf(wanted)})).filter(hit => hit.at >= 0)
      .sort((a, b) => (b.entry.weight - a.entry.weight) || a.entry.label.length - b.entry.label.length);
    $('hitcount').textContent = hits.length ? fill(T.hits, {n: hits.length}) : T.no_hits;
    for (const {entry, at} of hits.slice(0, 60)) {
      list.append(el('li', null, el('button', {type: 'button', onclick: () => { close(); choose(entry.id); }},
        ...marked(entry.label, at, wanted.length), el('small', null, entry.hint))));
    }
    frame.hidden = false;
    highlight(new Set(hits.map(hit => hit.entry.id)));
  }
  box.addEventListener('input', look);
  box.addEventListener('focus', () => { if (box.value.trim()) look(); });
  box.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown') { event.preventDefault(); const first = list.querySelector('button'); if (first) first.focus(); }
    if (event.key === 'Enter') { event.preventDefault(); const first = list.querySelector('button'); if (first) first.click(); }
    if (event.key === 'Escape') { box.value = ''; look(); }
  });
  list.addEventListener('keydown', event => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (event.key === 'Escape') { close(); box.focus(); }
    if (!step) return;
    event.preventDefault();
    const all = [...list.querySelectorAll('button')], next = all[all.indexOf(document.activeElement) + step];
    (next || box).focus();
  });
  document.addEventListener('click', event => { if (!event.target.closest('.find')) close(); });
}

// --- filters -------------------------------------------------------------
function ticked(id) { return new Set([...document.querySelectorAll('#' + id + ' input:checked')].map(box => box.value)); }
function chosen(id) { return $(id) ? $(id).value : ''; }
function startFilters(apply) {
  $('controls').addEventListener('submit', event => event.preventDefault());
  $('controls').addEventListener('change', event => { if (event.target.id !== 'search') apply(event.target.id); });
  if ($('classes')) $('classes').addEventListener('change', () => apply('classes'));
  $('reset').addEventListener('click', () => setTimeout(() => {
    document.querySelectorAll('#classes input').forEach(box => { box.checked = true; });
    $('hitbox').hidden = true;
    apply('reset');
  }));
}

// --- table ---------------------------------------------------------------
function showTable(columns, rows) {
  const limit = 300, head = el('tr'), body = document.querySelector('#table tbody');
  for (const column of columns) head.append(el('th', {scope: 'col'}, column.label));
  document.querySelector('#table thead').replaceChildren(head);
  body.replaceChildren(...rows.slice(0, limit).map(row => el('tr', null, ...columns.map((column, i) => {
    const value = row.cells[i];
    return el('td', {class: column.kind || null}, i === 0 ? el('button', {type: 'button', onclick: row.go}, value) : value);
  }))));
  $('tablenote').textContent = fill(T.table_note, {n: Math.min(limit, rows.length), m: rows.length});
}

function startZoom(network, fit) {
  const by = factor => network.moveTo({scale: network.getScale() * factor, animation: glide});
  $('zoomin').addEventListener('click', () => by(1.35));
  $('zoomout').addEventListener('click', () => by(1 / 1.35));
  $('fit').addEventListener('click', () => fit(glide));
  document.addEventListener('keydown', event => {
    if (event.target.closest('input,select,textarea')) return;
    if (event.key === '+' || event.key === '=') by(1.35);
    if (event.key === '-') by(1 / 1.35);
  });
}


// vis places its own view on the first frame: ours comes after it, and the page is ready then
function afterFirstFrame(network, fit) {
  network.once('afterDrawing', () => requestAnimationFrame(() => { fit(false); document.documentElement.dataset.ready = '1'; }));
  network.on('resize', () => queueMicrotask(() => fit(false))); // vis moves its view once more after this event
}

// show the box {left, right, top, bottom} of the picture
function fitBox(network, box, limits, animation) {
  const frame = $('graph'), width = box.right - box.left, height = box.bottom - box.top;
  const whole = Math.min(frame.clientWidth / width, frame.clientHeight / height, limits.max);
  // where the whole would be too small to read, the width decides and the rest is a drag away
  const scale = Math.max(whole, Math.min(limits.min, frame.clientWidth / width));
  const y = scale > whole * 1.01 ? box.top + frame.clientHeight / 2 / scale : (box.top + box.bottom) / 2;
  if (!(scale > 0)) return; // a frame that is not shown has no size
  network.moveTo({position: {x: (box.left + box.right) / 2, y}, scale, animation});
}

// The actor network: provinces as islands, what they share in the middle.
const nodes = new vis.DataSet(DATA.nodes), edges = new vis.DataSet(DATA.edges);
const network = new vis.Network($('graph'), {nodes, edges}, DATA.options);
const info = DATA.info, links = DATA.links;
const touching = new Map(DATA.nodes.map(node => [node.id, []]));
links.forEach((link, id) => { touching.get(link.from).push(id); touching.get(link.to).push(id); });
let shownNodes = new Set(), shownLinks = new Map(), picked = null, found = null;

// --- drawing -------------------------------------------------------------
network.on('beforeDrawing', ctx => {
  const scale = network.getScale(), province = chosen('province');
  for (const island of DATA.islands) {
    const faded = province && island.name !== province;
    ctx.beginPath();
    ctx.arc(island.x, island.y, island.radius, 0, 2 * Math.PI);
    ctx.fillStyle = island.name ? (faded ? '#fafbfc' : '#f2f5f9') : '#f0f7fd';
    ctx.fill();
    ctx.strokeStyle = island.name ? '#e1e7ef' : '#cfe3f5';
    ctx.lineWidth = 1 / scale;
    ctx.stroke();
  }
});
// names as on a map: readable at every zoom, the best connected first, none over another
const ranked = DATA.nodes.map(node => node.id).sort((a, b) => touching.get(b).length - touching.get(a).length || (a < b ? -1 : 1));
const sizeOf = new Map(DATA.nodes.map(node => [node.id, node.size]));
network.on('afterDrawing', ctx => {
  const scale = network.getScale(), province = chosen('province'), taken = [];
  const free = box => !taken.some(other => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
  const spots = network.getPositions();
  const write = (text, x, y, size, style) => {
    ctx.lineWidth = size * 0.3;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = style;
    ctx.fillText(text, x, y);
  };
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.strokeStyle = '#ffffffe6';
  for (const island of [...DATA.islands].sort((a, b) => b.radius - a.radius)) {
    const size = Math.min(15 / scale, island.radius * 0.5), title = island.name || T.middle;
    if (size * scale < 8 || (province && island.name && island.name !== province)) continue;
    ctx.font = '600 ' + size + 'px ' + FONT;
    const y = island.y - island.radius + size * 0.15, half = ctx.measureText(title).width / 2;
    const box = [island.x - half, y - size * 0.6, island.x + half, y + size * 0.6];
    if (!free(box)) continue;
    taken.push(box);
    write(title, island.x, y, size, island.name ? '#1f2a44' : '#0b5cad');
  }
  const near = picked ? picked.near : found;
  const bodies = new Map();
  for (const id of shownNodes) {
    const {x, y} = spots[id], r = sizeOf.get(id) * 0.9, boxed = info[id].cls === 'BeneficiaryCategory';
    bodies.set(id, boxed ? [x - 120, y - 32, x + 120, y + 32] : [x - r, y - r, x + r, y + r]);
  }
  const wanted = near ? ranked.filter(id => near.has(id)) : scale > 0.12 ? ranked : [];
  const solid = near ? [...near].filter(id => bodies.has(id)).map(id => bodies.get(id)) : [...bodies.values()];
  const px = Math.max(11, Math.min(16, 14 * scale));
  for (const id of shownNodes) if (info[id].cls === 'BeneficiaryCategory') taken.push(bodies.get(id));
  let below = false;
  for (const id of wanted) {
    // hubs may stand over symbols, the others may not
    if (!below && touching.get(id).length <= 8) { below = true; taken.push(...solid); }
    if (!shownNodes.has(id) || !info[id].lines.length) continue;
    const lines = info[id].lines, size = px / scale, {x, y} = spots[id], top = y + sizeOf.get(id) + size * 0.15;
    const half = info[id].width * size / 2, box = [x - half, top, x + half, top + lines.length * size * 1.2];
    if (!(picked && picked.node === id) && !free(box)) continue;
    taken.push(box);
    ctx.font = (touching.get(id).length > 8 ? '600 ' : '') + size + 'px ' + FONT;
    lines.forEach((line, i) => write(line, x, top + (i + 0.6) * size * 1.2, size, '#16202f'));
  }
});

// --- filters -------------------------------------------------------------
function passing(link, filter) {
  return link.items.filter(item =>
    (!item.assertion || filter.standing.has(item.assertion)) &&
    (!filter.resource || !item.resource || item.resource === filter.resource));
}

function applyFilters(cause) {
  const filter = {province: chosen('province'), resource: chosen('resource'), standing: ticked('standing'), classes: ticked('classes')};
  const here = id => info[id].area === filter.province;
  const carries = new Set();
  let open = [];
  links.forEach((link, id) => {
    if (!filter.classes.has(info[link.from].cls) || !filter.classes.has(info[link.to].cls)) return;
    let items = passing(link, filter);
    if (filter.province) items = items.filter(item => item.area === filter.province || here(link.from) || here(link.to));
    if (!items.length) return;
    open.push([id, items]);
    if (filter.resource && items.some(item => item.resource)) { carries.add(link.from); carries.add(link.to); }
  });
  // with a resource chosen, other relations stay only beside what carries it
  if (filter.resource) open = open.filter(([id, items]) =>
    items.some(item => item.resource) || carries.has(links[id].from) || carries.has(links[id].to));
  shownLinks = new Map(open);
  shownNodes = new Set();
  for (const id of shownLinks.keys()) { shownNodes.add(links[id].from); shownNodes.add(links[id].to); }
  if (picked && picked.node !== undefined && !shownNodes.has(picked.node)) clearPick();
  paint();
  $('status').textContent = fill(T.shown, {n: shownNodes.size, m: shownLinks.size});
  $('nothing').hidden = shownNodes.size > 0;
  listNodes();
  if (cause !== 'start') fitShown(glide);
}

function paint() {
  const near = picked ? picked.near : found;
  nodes.update(DATA.nodes.map(node => {
    const clear = !near || near.has(node.id);
    return {id: node.id, hidden: !shownNodes.has(node.id), opacity: clear ? 1 : 0.14,
      font: Object.assign({}, node.font, {color: clear ? node.font.color : '#16202f26'})};
  }));
  edges.update(DATA.edges.map((edge, id) => {
    const items = shownLinks.get(id);
    if (!items) return {id, hidden: true};
    const clear = !picked ? !found : picked.links.has(id);
    const counts = new Map();
    for (const item of items) counts.set(item.resource, (counts.get(item.resource) || 0) + 1);
    const main = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0][0];
    const rest = main ? 0.42 : 0.5;
    return {id, hidden: false, width: Math.min(7, 1.8 + Math.sqrt(new Set(items.map(item => item.evidence)).size) * 0.6) * (picked && clear ? 1.5 : 1),
      color: {color: DATA.colours[main], hover: DATA.colours[main], highlight: DATA.colours[main], opacity: picked ? (clear ? 0.95 : 0.04) : (clear ? rest : 0.07)}};
  }));
}

function fitShown(animation) {
  if (!shownNodes.size) return;
  const spots = network.getPositions([...shownNodes]);
  const all = Object.values(spots).map(spot => ({x: spot.x, y: spot.y, reach: 70}));
  if (!chosen('province')) {
    const lived = new Set([...shownNodes].map(id => DATA.home[id]));
    for (const island of DATA.islands) if (lived.has(island.name)) all.push({x: island.x, y: island.y, reach: island.radius + 25});
  }
  const side = (f, pick) => pick(...all.map(f));
  fitBox(network, {left: side(p => p.x - p.reach, Math.min), right: side(p => p.x + p.reach, Math.max),
    top: side(p => p.y - p.reach, Math.min) - 10, bottom: side(p => p.y + p.reach, Math.max)}, {min: 0, max: 1.2}, animation);
}

// --- picking -------------------------------------------------------------
function name(id) { return info[id].label; }
function evidenceOf(list) { return byQuote([...new Set(list)].filter(index => index >= 0)); }

function pickNode(id, focus) {
  if (!shownNodes.has(id)) { $('reset').click(); setTimeout(() => pickNode(id, true), 20); return; }
  const mine = touching.get(id).filter(link => shownLinks.has(link));
  picked = {node: id, links: new Set(mine), near: new Set([id, ...mine.flatMap(link => [links[link].from, links[link].to])])};
  paint();
  network.selectNodes([id], false);
  if (focus) network.focus(id, {scale: Math.max(0.85, network.getScale()), animation: glide});
  const me = info[id];
  showPanel({
    title: me.label,
    tags: [DATA.names.cls[me.cls], me.area].filter((tag, i, all) => tag && all.indexOf(tag) === i && tag !== me.label),
    facts: [[T.degree, String(mine.length)], ...(DATA.addresses.nodes ? [['', el('a', {href: DATA.addresses.nodes.replace('{}', encodeURIComponent(id)), target: '_top'}, T.expand)]] : [])],
    quotes: evidenceOf([...me.evidence, ...mine.flatMap(link => shownLinks.get(link).map(item => item.evidence))]),
    near: mine.map(link => {
      const outward = links[link].from === id, other = outward ? links[link].to : links[link].from;
      return {label: name(other), hint: (outward ? '→ ' : '← ') + DATA.names.kind[links[link].kind], go: () => pickNode(other, true)};
    }),
  });
}

function pickLink(id) {
  const link = links[id], items = shownLinks.get(id);
  picked = {links: new Set([id]), near: new Set([link.from, link.to])};
  paint();
  const once = list => [...new Set(list)].filter(Boolean);
  showPanel({
    title: name(link.from) + ' → ' + name(link.to),
    tags: [DATA.names.kind[link.kind], ...once(items.map(item => DATA.names.resource[item.resource])), ...once(items.map(item => DATA.names.assertion[item.assertion]))],
    facts: [],
    quotes: evidenceOf(items.map(item => item.evidence)),
    near: [link.from, link.to].map(end => ({label: name(end), hint: DATA.names.cls[info[end].cls], go: () => pickNode(end, true)})),
  });
}

function clearPick() { picked = null; network.unselectAll(); showPanel(null); }

network.on('click', event => {
  if (event.nodes.length) pickNode(event.nodes[0], false);
  else if (event.edges.length) pickLink(event.edges[0]);
  else { clearPick(); paint(); }
});
for (const [event, shape] of [['hoverNode', 'pointer'], ['blurNode', ''], ['hoverEdge', 'pointer'], ['blurEdge', '']])
  network.on(event, () => { $('graph').style.cursor = shape; });
document.addEventListener('keydown', event => { if (event.key === 'Escape' && !event.target.closest('.find')) { clearPick(); paint(); } });

// --- table ---------------------------------------------------------------
function listNodes() {
  const degree = new Map();
  for (const id of shownLinks.keys()) for (const end of [links[id].from, links[id].to]) degree.set(end, (degree.get(end) || 0) + 1);
  const rows = [...shownNodes].sort((a, b) => degree.get(b) - degree.get(a) || (name(a) < name(b) ? -1 : 1)).map(id => ({
    cells: [name(id), DATA.names.cls[info[id].cls], info[id].area, String(degree.get(id)), info[id].evidence.length ? DATA.evidence[info[id].evidence[0]].quote : ''],
    go: () => { pickNode(id, true); document.querySelector('main').scrollIntoView({behavior: calm ? 'auto' : 'smooth'}); },
  }));
  showTable([{label: T.name, kind: 'mid'}, {label: T.class}, {label: T.province}, {label: T.degree, kind: 'num'}, {label: T.quotes, kind: 'long'}], rows);
}

startSearch(DATA.nodes.map(node => ({id: node.id, label: name(node.id), hint: [DATA.names.cls[info[node.id].cls], info[node.id].area].filter(Boolean).join(' · '), weight: touching.get(node.id).length})),
  id => pickNode(id, true), set => { found = set && set.size ? set : null; if (!picked) paint(); else { clearPick(); paint(); } });
startFilters(applyFilters);
startZoom(network, fitShown);
showPanel(null);
applyFilters('start');
afterFirstFrame(network, fitShown);

// The resource flows: five columns of bars, between them bands as wide as the number of measures.
// on a narrow screen columns stand closer, letters are larger and only the outer and middle columns are named
const narrow = $('graph').clientWidth < 600, BIG = narrow ? 1.6 : 1;
const GAP = 7, BAR = 14, LINE = 21 * BIG, TALL = 900 * BIG, EDGE = 165 * BIG;
if (narrow) DATA.columns.forEach((column, i) => { column.x = i * 190; });
const nodes = new vis.DataSet(DATA.nodes);
const network = new vis.Network($('graph'), {nodes, edges: new vis.DataSet(DATA.edges)}, DATA.options);
const probe = document.createElement('canvas').getContext('2d');
const RESOURCES = Object.keys(DATA.names.resource).concat('');
let bands = [], bars = new Map(), paths = [], hovered = null, picked = null, found = null;

// --- counting and stacking -----------------------------------------------
function layOut() {
  const byBand = new Map();
  for (const [flow, path] of paths) {
    for (let i = 0; i + 1 < path.length; i++) {
      const key = [path[i], path[i + 1], flows[flow].resource, flows[flow].standing].join(' ');
      if (!byBand.has(key)) byBand.set(key, {key, from: path[i], to: path[i + 1], resource: flows[flow].resource, standing: flows[flow].standing, claims: new Set(), flows: new Set()});
      byBand.get(key).claims.add(flows[flow].claim);
      byBand.get(key).flows.add(flow);
    }
  }
  bands = [...byBand.values()];
  bars = new Map();
  for (const band of bands) for (const [end, side] of [[band.from, 'out'], [band.to, 'in']]) {
    if (!bars.has(end)) bars.set(end, {in: 0, out: 0, claims: new Set()});
    bars.get(end)[side] += band.claims.size;
    band.claims.forEach(claim => bars.get(end).claims.add(claim));
  }
  const columns = DATA.columns.map((column, i) => order.map((id, n) => n).filter(n => bars.has(n) && info[n].column === i));
  const size = n => Math.max(bars.get(n).in, bars.get(n).out);
  const unit = Math.min(16, ...columns.filter(column => column.length).map(column =>
    Math.max(0.25 * TALL, TALL - column.length * GAP) / column.reduce((sum, n) => sum + size(n), 0)));
  const heights = columns.map(column => column.reduce((sum, n) => sum + slot(n, unit), 0));
  function slot(n, u) { return Math.max(size(n) * u + GAP, LINE); }
  const tall = Math.max(...heights, 1);
  columns.forEach((column, i) => {
    let y = -heights[i] / 2;
    const air = column.length > 1 ? Math.min(40, (tall - heights[i]) / (column.length + 1)) : 0;
    y -= air * (column.length - 1) / 2;
    for (const n of column) {
      const bar = bars.get(n), room = slot(n, unit);
      bar.height = Math.max(2, size(n) * unit);
      bar.x = DATA.columns[i].x;
      bar.y = y + room / 2;
      bar.top = bar.y - bar.height / 2;
      y += room + air;
    }
  });
  const rank = band => RESOURCES.indexOf(band.resource) * 10 + STANDINGS.indexOf(band.standing);
  for (const [end, other, key] of [['from', 'to', 'y0'], ['to', 'from', 'y1']]) {
    const used = new Map();
    for (const band of [...bands].sort((a, b) => bars.get(a[other]).y - bars.get(b[other]).y || rank(a) - rank(b))) {
      const bar = bars.get(band[end]), thick = band.claims.size * unit, past = used.get(band[end]) || 0;
      const whole = (end === 'from' ? bar.out : bar.in) * unit;
      band[key] = bar.y - whole / 2 + past;
      band.thick = thick;
      used.set(band[end], past + thick);
    }
  }
  for (const band of bands) band.path = ribbon(band, 1);
  nodes.update(order.map((id, n) => {
    const bar = bars.get(n);
    return bar ? {id, hidden: false, x: bar.x, y: bar.y, heightConstraint: {minimum: bar.height}} : {id, hidden: true};
  }));
  return tall;
}

function ribbon(band, share) {
  const x0 = bars.get(band.from).x + BAR / 2, x1 = bars.get(band.to).x - BAR / 2, mid = (x0 + x1) / 2, thick = band.thick * share;
  const path = new Path2D();
  path.moveTo(x0, band.y0);
  path.bezierCurveTo(mid, band.y0, mid, band.y1, x1, band.y1);
  path.lineTo(x1, band.y1 + thick);
  path.bezierCurveTo(mid, band.y1 + thick, mid, band.y0 + thick, x0, band.y0 + thick);
  path.closePath();
  return path;
}

// --- drawing -------------------------------------------------------------
const stripes = new Map();
function paintOf(ctx, band) {
  const colour = DATA.colours[band.resource];
  if (band.standing !== 'quoted') return colour;
  if (!stripes.has(colour)) {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 6;
    const pen = tile.getContext('2d');
    pen.strokeStyle = colour;
    pen.lineWidth = 2.4;
    for (const shift of [-6, 0, 6]) { pen.beginPath(); pen.moveTo(shift - 1, 7); pen.lineTo(shift + 7, -1); pen.stroke(); }
    stripes.set(colour, ctx.createPattern(tile, 'repeat'));
  }
  return stripes.get(colour);
}

// promised: light; told by others: hatched; delivered: full
const STRENGTH = {promised: 0.42, quoted: 0.8, delivered: 0.85};
function drawBand(ctx, band, path, strength) {
  ctx.globalAlpha = Math.min(1, strength * STRENGTH[band.standing]);
  ctx.fillStyle = paintOf(ctx, band);
  ctx.fill(path);
}

network.on('beforeDrawing', ctx => {
  ctx.save();
  for (const band of bands) drawBand(ctx, band, band.path, picked || found ? 0.12 : (band === hovered ? 1.9 : 1));
  if (picked) for (const [band, path] of picked.parts) drawBand(ctx, band, path, 1.6);
  else if (found) for (const band of bands) if (found.has(order[band.from]) || found.has(order[band.to])) drawBand(ctx, band, band.path, 1.5);
  ctx.restore();
});

network.on('afterDrawing', ctx => {
  ctx.save();
  ctx.lineJoin = 'round';
  ctx.textBaseline = 'middle';
  const last = DATA.columns.length - 1;
  for (const [n, bar] of bars) {
    ctx.globalAlpha = !picked && !found || (picked ? picked.bars.has(n) : found.has(order[n])) ? 1 : 0.3;
    ctx.fillStyle = DATA.nodes[n].color.background;
    ctx.fillRect(bar.x - BAR / 2, bar.top, BAR, bar.height);
  }
  for (const [n, bar] of bars) {
    const {column, short} = info[n], left = column === 0;
    if (narrow && column % 2 && !(picked && picked.bars.has(n))) continue;
    const lit = !picked && !found || (picked ? picked.bars.has(n) : found.has(order[n]));
    ctx.font = (column === 0 || column === last || column === 2 ? '600 ' : '') + (column === 1 || column === 3 ? 15 : 17) * BIG + 'px ' + FONT;
    ctx.textAlign = left ? 'right' : 'left';
    ctx.globalAlpha = lit ? 1 : 0.22;
    const text = short + (column === 0 || column === last || column === 2 ? '  ' + bar.claims.size : '');
    const x = bar.x + (left ? -1 : 1) * (BAR / 2 + 6);
    ctx.strokeStyle = '#ffffffe0';
    ctx.lineWidth = 4;
    if (!left && column !== last) ctx.strokeText(text, x, bar.y);
    ctx.fillStyle = '#16202f';
    ctx.fillText(text, x, bar.y);
  }
  ctx.globalAlpha = 1;
  ctx.font = '600 ' + 18 * BIG + 'px ' + FONT;
  ctx.fillStyle = '#566173';
  ctx.textAlign = 'center';
  const top = Math.min(...[...bars.values()].map(bar => Math.min(bar.top, bar.y - LINE / 2)));
  if (bars.size) for (const column of DATA.columns) ctx.fillText(column.label, column.x, top - 26);
  ctx.restore();
});

// --- filters -------------------------------------------------------------
function applyFilters(cause) {
  paths = wantedPaths();
  pickNothing();
  layOut();
  const shown = [...new Set(paths.map(([flow]) => flow))];
  $('status').textContent = fill(T.shown_flows, {n: new Set(shown.map(flow => flows[flow].claim)).size, m: shown.length});
  $('nothing').hidden = shown.length > 0;
  listFlows(shown);
  fitShown(cause === 'start' ? false : glide);
}

function fitShown(animation) {
  if (!bars.size) { network.redraw(); return; }
  const all = [...bars.values()], last = DATA.columns[DATA.columns.length - 1];
  // names beside the outer bars are seen whole
  probe.font = '600 ' + 17 * BIG + 'px ' + FONT;
  const reach = column => Math.max(EDGE, ...[...bars].filter(([n]) => info[n].column === column)
    .map(([n, bar]) => probe.measureText(info[n].short + '  ' + bar.claims.size).width + BAR + 8));
  fitBox(network, {left: DATA.columns[0].x - reach(0), right: last.x + reach(DATA.columns.length - 1),
    top: Math.min(...all.map(bar => Math.min(bar.top, bar.y - 10))) - 48,
    bottom: Math.max(...all.map(bar => bar.y + Math.max(bar.height / 2, 10))) + (narrow ? 110 : 14)}, {min: narrow ? 0 : 0.62, max: 1.4}, animation);
}

// --- picking -------------------------------------------------------------
function pick(chosenPaths, card) {
  const claims = new Map(), touched = new Set();
  for (const [flow, path] of chosenPaths) for (let i = 0; i + 1 < path.length; i++) {
    const key = [path[i], path[i + 1], flows[flow].resource, flows[flow].standing].join(' ');
    if (!claims.has(key)) claims.set(key, new Set());
    claims.get(key).add(flows[flow].claim);
    touched.add(path[i]).add(path[i + 1]);
  }
  picked = {bars: touched, parts: bands.filter(band => claims.has(band.key)).map(band => [band, ribbon(band, claims.get(band.key).size / band.claims.size)])};
  const list = oncePerClaim([...new Set(chosenPaths.map(([flow]) => flow))]);
  showPanel({title: card.title, tags: [...card.tags, ...standingTags(list)], facts: [[T.measures, String(list.length)]], quotes: list, quote: quoteOf});
  network.redraw();
}
function pickBar(n) {
  network.selectNodes([order[n]], false);
  pick(paths.filter(([, path]) => path.includes(n)), {title: info[n].label, tags: [DATA.columns[info[n].column].label]});
}
function pickBand(band) {
  pick(paths.filter(([flow]) => band.flows.has(flow)), {title: info[band.from].label + ' → ' + info[band.to].label,
    tags: [DATA.names.resource[band.resource] || T.none_resource]});
}
function pickFlow(flow) {
  pick(paths.filter(([n]) => n === flow), {title: chainOf(flow), tags: []});
}
function pickNothing() { picked = null; network.unselectAll(); showPanel(null); network.redraw(); }

function bandAt(point) {
  for (let i = bands.length - 1; i >= 0; i--) if (probe.isPointInPath(bands[i].path, point.x, point.y)) return bands[i];
  return null;
}
network.on('click', event => {
  if (event.nodes.length) return pickBar(order.indexOf(event.nodes[0]));
  const band = bandAt(event.pointer.canvas);
  if (band) pickBand(band); else pickNothing();
});
$('graph').addEventListener('mousemove', event => {
  const box = $('graph').getBoundingClientRect();
  const over = event.buttons ? null : bandAt(network.DOMtoCanvas({x: event.clientX - box.left, y: event.clientY - box.top}));
  $('graph').style.cursor = over ? 'pointer' : '';
  if (over !== hovered) { hovered = over; network.redraw(); }
});
network.on('hoverNode', () => { $('graph').style.cursor = 'pointer'; });
document.addEventListener('keydown', event => { if (event.key === 'Escape' && !event.target.closest('.find')) pickNothing(); });

startSearch(order.map((id, n) => ({id, label: info[n].label, hint: DATA.columns[info[n].column].label, weight: info[n].count})),
  id => { const n = order.indexOf(id); if (!bars.has(n)) { $('reset').click(); setTimeout(() => pickBar(n), 20); } else pickBar(n); },
  set => { found = set && set.size ? set : null; if (picked) pickNothing(); else network.redraw(); });
startFilters(applyFilters);
startZoom(network, fitShown);
applyFilters('start');
afterFirstFrame(network, fitShown);

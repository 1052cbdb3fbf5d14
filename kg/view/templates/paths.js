// The resource flows as paths: a box for each thing, an arrow for each step; what is picked shows its whole paths.
const narrow = $('graph').clientWidth < 600, ROW = narrow ? 52 : 38;
const COLUMNS = narrow ? [0, 150, 330, 500, 680] : [0, 310, 590, 850, 1190];
const nodes = new vis.DataSet(DATA.nodes), edges = new vis.DataSet([]);
const network = new vis.Network($('graph'), {nodes, edges}, DATA.options);
const MIXED = DATA.colours[''];
let paths = [], steps = new Map(), spots = new Map(), picked = null, found = null;

// --- steps and places ----------------------------------------------------
// before the resource is named an arrow stands for all of them
const keyOf = (path, i, f) => [path[i], path[i + 1], info[path[i]].column < 2 ? '' : f.resource, f.standing].join(' ');

function layOut() {
  steps = new Map();
  const touched = new Map();
  for (const [flow, path] of paths) for (let i = 0; i + 1 < path.length; i++) {
    const f = flows[flow], key = keyOf(path, i, f);
    if (!steps.has(key)) steps.set(key, {key, from: path[i], to: path[i + 1], standing: f.standing, resources: new Set(), claims: new Set(), flows: new Set()});
    const step = steps.get(key);
    step.resources.add(f.resource); step.claims.add(f.claim); step.flows.add(flow);
    for (const end of [path[i], path[i + 1]]) { if (!touched.has(end)) touched.set(end, new Set()); touched.get(end).add(f.claim); }
  }
  const columns = DATA.columns.map((column, i) => order.map((id, n) => n).filter(n => touched.has(n) && info[n].column === i));
  const tall = Math.max(1, ...columns.map(column => column.length));
  spots = new Map();
  columns.forEach((column, i) => {
    const room = column.length > 1 ? Math.min(ROW * 2.4, (tall - 1) * ROW / (column.length - 1)) : 0;
    column.forEach((n, row) => spots.set(n, {x: COLUMNS[i], y: (row - (column.length - 1) / 2) * Math.max(room, ROW), count: touched.get(n).size}));
  });
  nodes.update(order.map((id, n) => {
    const spot = spots.get(n);
    return spot ? {id, hidden: false, x: spot.x, y: spot.y, label: info[n].short + (info[n].column === 1 || info[n].column === 3 ? '' : '  ' + spot.count)} : {id, hidden: true};
  }));
  const beside = new Map();
  edges.clear();
  edges.add([...steps.values()].map(step => {
    const pair = step.from + ' ' + step.to, nth = beside.get(pair) || 0;
    beside.set(pair, nth + 1);
    const colour = step.resources.size === 1 ? DATA.colours[[...step.resources][0]] : MIXED;
    // promised: dashed; told by others: dotted; delivered: drawn through
    const dashes = {promised: [9, 6], quoted: [2, 5], delivered: false}[step.standing];
    return {id: step.key, from: order[step.from], to: order[step.to], dashes, width: 1.2 + Math.min(6, Math.sqrt(step.claims.size)),
      color: {color: colour, highlight: colour, hover: colour, opacity: 0.75}, arrows: {to: {enabled: true, scaleFactor: 0.45}},
      smooth: {enabled: true, type: 'cubicBezier', forceDirection: 'horizontal', roundness: 0.42 + 0.09 * nth}};
  }));
}

function paint() {
  const lit = picked ? picked.boxes : found && new Set([...found].map(id => order.indexOf(id)));
  nodes.update(order.map((id, n) => ({id, opacity: !lit || lit.has(n) ? 1 : 0.2})));
  edges.update([...steps.values()].map(step => {
    const clear = !lit || (picked ? picked.steps.has(step.key) : lit.has(step.from) || lit.has(step.to));
    return {id: step.key, color: Object.assign({}, edges.get(step.key).color, {opacity: clear ? (lit ? 1 : 0.75) : 0.06})};
  }));
}

network.on('afterDrawing', ctx => {
  if (!spots.size) return;
  ctx.save();
  ctx.font = '600 18px ' + FONT;
  ctx.fillStyle = '#566173';
  ctx.textAlign = 'center';
  const top = Math.min(...[...spots.values()].map(spot => spot.y));
  DATA.columns.forEach((column, i) => ctx.fillText(column.label, COLUMNS[i], top - 34));
  ctx.restore();
});

// --- filters -------------------------------------------------------------
function applyFilters(cause) {
  paths = wantedPaths();
  picked = null;
  network.unselectAll();
  showPanel(null);
  layOut();
  const shown = [...new Set(paths.map(([flow]) => flow))];
  $('status').textContent = fill(T.shown_flows, {n: new Set(shown.map(flow => flows[flow].claim)).size, m: shown.length});
  $('nothing').hidden = shown.length > 0;
  listFlows(shown);
  fitShown(cause === 'start' ? false : glide);
}

function fitShown(animation) {
  if (!spots.size) { network.redraw(); return; }
  const ys = [...spots.values()].map(spot => spot.y);
  fitBox(network, {left: COLUMNS[0] - 110, right: COLUMNS[4] + 110, top: Math.min(...ys) - 62, bottom: Math.max(...ys) + 30},
    {min: narrow ? 0 : 0.62, max: 1.3}, animation);
}

// --- picking -------------------------------------------------------------
function pick(chosenPaths, card) {
  picked = {boxes: new Set(chosenPaths.flatMap(([, path]) => path)),
    steps: new Set(chosenPaths.flatMap(([flow, path]) => path.slice(1).map((end, i) => keyOf(path, i, flows[flow]))))};
  const list = oncePerClaim([...new Set(chosenPaths.map(([flow]) => flow))]);
  showPanel({title: card.title, tags: [...card.tags, ...standingTags(list)], facts: [[T.measures, String(list.length)]], quotes: list, quote: quoteOf});
  paint();
}
function pickBox(n) {
  network.selectNodes([order[n]], false);
  pick(paths.filter(([, path]) => path.includes(n)), {title: info[n].label, tags: [DATA.columns[info[n].column].label]});
}
function pickStep(step) {
  pick(paths.filter(([flow, path]) => step.flows.has(flow) && path.some((end, i) => end === step.from && path[i + 1] === step.to)),
    {title: info[step.from].label + ' → ' + info[step.to].label, tags: [...step.resources].map(code => DATA.names.resource[code] || T.none_resource)});
}
function pickFlow(flow) { pick(paths.filter(([n]) => n === flow), {title: chainOf(flow), tags: []}); }
function pickNothing() { picked = null; network.unselectAll(); showPanel(null); paint(); }

network.on('click', event => {
  if (event.nodes.length) pickBox(order.indexOf(event.nodes[0]));
  else if (event.edges.length) pickStep(steps.get(event.edges[0]));
  else pickNothing();
});
for (const [event, shape] of [['hoverNode', 'pointer'], ['blurNode', ''], ['hoverEdge', 'pointer'], ['blurEdge', '']])
  network.on(event, () => { $('graph').style.cursor = shape; });
document.addEventListener('keydown', event => { if (event.key === 'Escape' && !event.target.closest('.find')) pickNothing(); });

startSearch(order.map((id, n) => ({id, label: info[n].label, hint: DATA.columns[info[n].column].label, weight: info[n].count})),
  id => { const n = order.indexOf(id); if (!spots.has(n)) { $('reset').click(); setTimeout(() => pickBox(n), 20); } else pickBox(n); },
  set => { found = set && set.size ? set : null; if (picked) pickNothing(); else paint(); });
startFilters(applyFilters);
startZoom(network, fitShown);
applyFilters('start');
afterFirstFrame(network, fitShown);

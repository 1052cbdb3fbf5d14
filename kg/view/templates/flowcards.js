// What both drawings of the flows share: the choice of paths, the cards of evidence, the table.
const order = DATA.nodes.map(node => node.id), info = DATA.info, flows = DATA.flows;
const STANDINGS = Object.keys(DATA.names.standing);

function wantedPaths() {
  const province = chosen('province'), resource = chosen('resource'), receiver = chosen('beneficiary'), standing = ticked('standing');
  return DATA.paths.filter(([flow]) => {
    const f = flows[flow];
    return (!province || f.province === province) && (!resource || f.resource === resource) &&
      (!receiver || f.beneficiary === receiver) && standing.has(f.standing);
  });
}
function chainOf(flow) {
  const f = flows[flow];
  return [f.province, f.policy, DATA.names.resource[f.resource], f.via, DATA.names.beneficiary[f.beneficiary]].filter(Boolean).join(' → ');
}

function quoteOf(flow) {
  const f = flows[flow], block = quoteBlock([f.evidence]), facts = [];
  if (f.amounts) facts.push([T.amounts, f.amounts]);
  if (f.condition) facts.push([T.condition, f.condition]);
  if (facts.length) block.insertBefore(el('dl', null, ...facts.flatMap(([k, v]) => [el('dt', null, k), el('dd', null, v)])), block.lastChild);
  return block;
}
function oncePerClaim(list) {
  const seen = new Set();
  return list.filter(flow => !seen.has(flows[flow].claim) && seen.add(flows[flow].claim));
}
function standingTags(list) {
  const count = new Map();
  for (const flow of oncePerClaim(list)) count.set(flows[flow].standing, (count.get(flows[flow].standing) || 0) + 1);
  return STANDINGS.filter(s => count.has(s)).map(s => DATA.names.standing[s] + ' ' + count.get(s));
}

// --- table ---------------------------------------------------------------
function listFlows(list) {
  showTable([{label: T.province}, {label: DATA.columns[1].label, kind: 'mid'}, {label: T.resource}, {label: DATA.columns[3].label, kind: 'mid'},
    {label: DATA.columns[4].label}, {label: T.amounts, kind: 'mid'}, {label: T.assertion}, {label: T.quotes, kind: 'long'}],
  list.map(n => {
    const f = flows[n];
    return {go: () => { pickFlow(n); document.querySelector('main').scrollIntoView({behavior: calm ? 'auto' : 'smooth'}); },
      cells: [f.province || '–', f.policy, DATA.names.resource[f.resource] || '', f.via, DATA.names.beneficiary[f.beneficiary] || '', f.amounts, DATA.names.standing[f.standing], DATA.evidence[f.evidence].quote]};
  }));
}

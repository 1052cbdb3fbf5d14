/* YASGUI on this server's endpoint. Everything that it would ask of other servers is turned off. */
"use strict";
(function () {
  const place = document.getElementById("console");
  const endpoint = location.origin + "/sparql";
  const prefixes = {};
  for (const line of place.dataset.prefixes.split("\n")) {
    const found = /^PREFIX ([^:]+): <([^>]+)>$/.exec(line);
    if (found) prefixes[found[1]] = found[2];
  }
  document.getElementById("endpoint").textContent = endpoint;

  // completion of classes, properties and prefixes asks prefix.cc and Linked Open Vocabularies
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  Yasgui.Yasqe.defaults.prefixCcApi = location.origin + "/no-such-service";
  Yasgui.Yasqe.defaults.createShareableLink = null;
  Yasgui.Yasr.defaults.prefixes = prefixes;
  const console_ = new Yasgui(place, {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [] },
    copyEndpointOnNewTab: false,
    populateFromUrl: false,
    persistenceId: "kg",
    yasqe: { value: place.dataset.first },
  });

  function open(name, query) {
    const tab = console_.addTab(true, { name });
    tab.setEndpoint(endpoint);
    tab.setQuery(query);
    return tab;
  }

  // a tab kept from another day may point to another port
  for (const tab of Object.values(console_._tabs || {})) tab.setEndpoint(endpoint);
  const asked = new URLSearchParams(location.search).get("query");
  if (asked) open("?", asked);
  const examples = document.getElementById("examples");
  examples.addEventListener("change", () => {
    const chosen = examples.selectedOptions[0];
    if (chosen.dataset.query) open(chosen.textContent.trim(), chosen.dataset.query);
    examples.selectedIndex = 0;
  });

  // the parts of the editor that assistive technology would stumble over
  function label() {
    for (const area of place.querySelectorAll(".CodeMirror textarea")) area.setAttribute("aria-label", place.dataset.editor);
    // a list of tabs may hold tabs only
    for (const more of place.querySelectorAll(".tabsList button:not([role])")) more.setAttribute("role", "tab");
  }
  label();
  new MutationObserver(label).observe(place, { childList: true, subtree: true });
})();

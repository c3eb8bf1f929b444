"use strict";
/* Draws the map from the page's data with vis-network. Names are written by us: at one size on the screen whatever the
   zoom, the most important first, and only where they cover no other name or symbol. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const holder = document.getElementById("map");
  const dark = matchMedia("screen and (prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif';
  const MARGIN = { side: 78, narrow: 1 / 7, top: 34, bottom: 44 }; // room for names at the edges, in pixels on the screen
  const FIRST = 12; // so many names may cover signs, or the best known would go unnamed where it is crowded
  const SIZE = { names: 13.5, centre: 16, words: 12 }; // font sizes, in pixels on the screen
  const MOST_FOUND = 8, MOST_TOLD = 12;
  const CROWDED = 300; // ties; from so many on, they are drawn lighter, and those of a chosen actor stand out
  const HEAVY = 1000; // ties; from so many on, they are left out while the map is moved
  let chosen = null; // the id of an actor (a number) or of a folded group ("f0")
  let hovered = null;
  let shown = "";

  holder.closest("[hidden]").hidden = false;
  for (const hint of document.querySelectorAll("#chosen [hidden]")) hint.hidden = false;
  arrange();
  const folded = new Set(data.folds.map((_, n) => n)); // groups that are folded now
  const members = data.folds.map(() => []);
  for (const node of data.nodes) if (node.fold !== undefined) members[node.fold].push(node);
  const hiddenKinds = new Set(), hiddenTies = new Set();
  let current = { nodes: [], edges: [], ties: new Map(), byId: new Map(), important: [] };

  /* Make the map fill its frame: turn it on a tall screen, stretch it a little, enlarge signs that would be small. */
  function arrange() {
    if (holder.clientHeight > holder.clientWidth) {
      for (const node of [...data.nodes, ...data.folds]) [node.x, node.y] = [node.y, node.x];
    }
    const wide = span("x"), tall = span("y");
    const [across, down] = [inner().wide / Math.max(wide, 1), inner().tall / Math.max(tall, 1)];
    const stretch = Math.min(Math.max(across, down) / Math.min(across, down), 1.8);
    const axis = across > down ? "x" : "y";
    if (wide && tall) for (const node of [...data.nodes, ...data.folds]) node[axis] = Math.round(node[axis] * stretch);
    const enlarged = Math.min(Math.max(0.9 / fitting(), 0.75), 2);
    for (const node of data.nodes) node.size *= enlarged;
    for (const edge of data.edges) {
      edge.width *= Math.min(enlarged, 1.3);
      if (edge.dashes) edge.dashes = edge.dashes.map((dash) => dash * enlarged);
    }
  }

  function span(axis) {
    const all = data.nodes.map((node) => node[axis]);
    return Math.max(...all) - Math.min(...all);
  }

  function inner() {
    const side = Math.min(MARGIN.side, holder.clientWidth * MARGIN.narrow);
    return { wide: holder.clientWidth - 2 * side, tall: holder.clientHeight - MARGIN.top - MARGIN.bottom };
  }

  function fitting() {
    return Math.min(1.5, inner().wide / Math.max(span("x"), 1), inner().tall / Math.max(span("y"), 1));
  }

  const palette = () => (dark.matches ? data.dark : data.light);
  const one = (fill, border) => ({ background: fill, border });

  /* What is on the map now: actors, folded groups, ties between these. */
  function choose() {
    const nodes = [], edges = [];
    const standsFor = (node) =>
      hiddenKinds.has(node.group) ? null : folded.has(node.fold) ? `f${node.fold}` : node.id;
    for (const node of data.nodes) if (standsFor(node) === node.id) nodes.push(node);
    const scale = Math.max(fitting(), 1e-6);
    for (const n of folded) {
      const count = members[n].filter((node) => standsFor(node) !== null).length;
      if (!count) continue;
      const { x, y, name } = data.folds[n];
      const size = Math.min(11 + 1.3 * Math.sqrt(count), 28) / scale;
      nodes.push({
        id: `f${n}`, fold: n, count, x, y, size, shape: "hexagon", degree: 1e6 + count, centre: false,
        lines: wrapped(data.words.fold.replace("{name}", name)),
        title: data.words.fold_many.replace("{count}", count),
      });
    }
    const between = new Map();
    for (const edge of data.edges) {
      if (hiddenTies.has(edge.tie)) continue;
      const from = standsFor(data.nodes[edge.from]), to = standsFor(data.nodes[edge.to]);
      if (from === null || to === null) continue;
      if (from === edge.from && to === edge.to) edges.push(edge);
      else if (from !== to) {
        const key = [from, to].map(String).sort().join("|");
        if (!between.has(key)) between.set(key, { id: `e${key}`, from, to, count: 0 });
        between.get(key).count += 1;
      }
    }
    edges.push(...between.values());
    const ties = new Map(nodes.map((node) => [node.id, []]));
    for (const edge of edges) {
      ties.get(edge.from).push(edge);
      if (edge.to !== edge.from) ties.get(edge.to).push(edge);
    }
    const important = [...nodes].sort((a, b) => b.centre - a.centre || b.degree - a.degree || a.id - b.id);
    current = { nodes, edges, ties, important, byId: new Map(nodes.map((node) => [node.id, node])) };
  }

  function wrapped(text) {
    if (text.length <= 24) return [text];
    const cut = text.lastIndexOf(" ", 24) > 0 ? text.lastIndexOf(" ", 24) : 24;
    const rest = text.slice(cut).trim();
    return [text.slice(0, cut), rest.length > 24 ? `${rest.slice(0, 23)}…` : rest];
  }

  const drawnNode = (node, colours) => {
    const fill = node.group ? colours.kinds[node.group] : colours.faint;
    return {
      id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.size, title: node.title,
      borderWidth: node.centre ? 4 : 1.5,
      color: { ...one(fill, colours.outline), highlight: one(fill, colours.chosen), hover: one(fill, colours.chosen) },
    };
  };
  const drawnEdge = (edge, colours) => {
    const away = chosen !== null && edge.from !== chosen && edge.to !== chosen;
    const crowded = current.edges.length > CROWDED;
    const light = crowded ? (away ? "30" : chosen === null ? "80" : "") : "";
    const width = edge.count ? Math.min(1 + Math.log2(edge.count), 7) : edge.width;
    return {
      id: edge.id, from: edge.from, to: edge.to, dashes: edge.dashes || false, smooth: edge.smooth || false, width,
      arrows: edge.arrows || "", title: edge.count ? data.words.fold_ties.replace("{count}", edge.count) : told(edge),
      color: {
        color: (edge.faint ? colours.faint : colours.line) + light, highlight: colours.chosen, hover: colours.chosen,
        inherit: false,
      },
    };
  };

  choose();
  const nodes = new vis.DataSet(current.nodes.map((node) => drawnNode(node, palette())));
  const edges = new vis.DataSet(current.edges.map((edge) => drawnEdge(edge, palette())));
  data.options.interaction.hideEdgesOnDrag = data.options.interaction.hideEdgesOnZoom = data.edges.length > HEAVY;
  const network = new vis.Network(holder, { nodes, edges }, data.options);

  /* Draw what is on the map now, anew. */
  function refresh() {
    choose();
    if (!current.byId.has(chosen)) chosen = null;
    hovered = null;
    edges.clear();
    nodes.clear();
    nodes.add(current.nodes.map((node) => drawnNode(node, palette())));
    edges.add(current.edges.map((edge) => drawnEdge(edge, palette())));
    const gone = data.nodes.filter((node) => hiddenKinds.has(node.group)).length;
    document.getElementById("hidden").textContent = gone ? data.words.hidden.replace("{count}", gone) : "";
  }

  function recolour() {
    nodes.update(current.nodes.map((node) => ({ id: node.id, color: drawnNode(node, palette()).color })));
    edges.update(current.edges.map((edge) => ({ id: edge.id, color: drawnEdge(edge, palette()).color })));
    network.redraw(); // at once: paper does not wait for the next frame
  }

  function showAll() {
    const middle = (axis) => {
      const all = data.nodes.map((node) => node[axis]);
      return (Math.min(...all) + Math.max(...all)) / 2;
    };
    const scale = Math.max(fitting(), 1e-6);  // a map that is hidden, as on paper, has no room at all
    const lower = (MARGIN.bottom - MARGIN.top) / 2 / scale;
    network.moveTo({ position: { x: middle("x"), y: middle("y") + lower }, scale, animation: false });
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: still.matches ? false : { duration: 150 } });
  }

  /* Boxes are [left, top, right, bottom] in pixels on the screen; a grid of squares finds those that are near. */
  const apart = (a, b) => a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];

  function grid() {
    const squares = new Map(), side = 64;
    const around = function* (box) {
      for (let x = Math.floor(box[0] / side); x <= box[2] / side; x += 1) {
        for (let y = Math.floor(box[1] / side); y <= box[3] / side; y += 1) yield x * 65536 + y;
      }
    };
    return {
      add(box, owner) {
        for (const key of around(box)) {
          if (!squares.has(key)) squares.set(key, []);
          squares.get(key).push([box, owner]);
        }
      },
      clear(box, owner = null) {
        for (const key of around(box)) {
          for (const [other, its] of squares.get(key) ?? []) if (its !== owner && !apart(box, other)) return false;
        }
        return true;
      },
    };
  }

  function write(ctx, lines, box, size, colours, weight) {
    ctx.font = `${weight} ${size}px ${FONT}`;
    ctx.strokeStyle = colours.paper;
    ctx.lineWidth = 4;
    lines.forEach((line, n) => {
      const x = (box[0] + box[2]) / 2, y = box[1] + (n + 0.5) * size * 1.15;
      ctx.strokeText(line, x, y);
      ctx.fillText(line, x, y);
    });
  }

  const widths = new Map(); // of texts, measured once
  function widest(ctx, lines, size, weight) {
    const font = `${weight} ${size}px ${FONT}`;
    return Math.max(...lines.map((line) => {
      const key = font + line;
      if (!widths.has(key)) {
        ctx.font = font;
        widths.set(key, ctx.measureText(line).width);
      }
      return widths.get(key);
    }));
  }

  /* Where a name may stand: under its symbol, above it, to the right, to the left. */
  function places(x, y, far, wide, tall) {
    return [
      [x - wide / 2, y + far, x + wide / 2, y + far + tall],
      [x - wide / 2, y - far - tall, x + wide / 2, y - far],
      [x + far, y - tall / 2, x + far + wide, y + tall / 2],
      [x - far - wide, y - tall / 2, x - far, y + tall / 2],
    ];
  }

  function ordered() {
    const first = chosen ?? hovered;
    if (first === null || !current.ties.has(first)) return current.important;
    const near = new Set(current.ties.get(first).flatMap((edge) => [edge.from, edge.to]));
    const rank = (node) => (node.id === first ? 0 : near.has(node.id) ? 1 : 2);
    return [...current.important].sort((a, b) => rank(a) - rank(b));
  }

  function drawNames(ctx) {
    const scale = network.getScale();
    const colours = palette();
    const width = holder.clientWidth, height = holder.clientHeight;
    const middle = network.getViewPosition();
    const at = (p) => [(p.x - middle.x) * scale + width / 2, (p.y - middle.y) * scale + height / 2];
    const within = (box) => box[0] >= 2 && box[1] >= 2 && box[2] <= width - 2 && box[3] <= height - 2;
    const spots = new Map(), symbols = grid(), taken = grid();
    for (const node of current.nodes) {
      const drawn = network.body.nodes[node.id];
      const [x, y] = at(drawn ?? node), half = node.size * scale * 0.8;
      if (x < -half || y < -half || x > width + half || y > height + half) continue;
      spots.set(node.id, [x, y]);
      symbols.add([x - half, y - half, x + half, y + half], node.id);
    }
    const clear = (box) => within(box) && taken.clear(box);
    const free = (box, own) => clear(box) && symbols.clear(box, own);

    ctx.save();
    ctx.translate(middle.x, middle.y);
    ctx.scale(1 / scale, 1 / scale);
    ctx.translate(-width / 2, -height / 2);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    let written = 0, visible = 0;
    for (const node of current.nodes) {
      if (!node.count || !spots.has(node.id)) continue;
      ctx.font = `bold ${SIZE.words}px ${FONT}`;
      ctx.fillStyle = dark.matches ? colours.paper : colours.ink;
      ctx.fillText(node.count, ...spots.get(node.id));
    }
    for (const node of ordered()) {
      const [x, y] = spots.get(node.id) ?? [-1, -1];
      if (x < 0 || y < 0 || x > width || y > height) continue;
      visible += 1;
      const size = node.centre ? SIZE.centre : SIZE.names;
      const weight = node.centre || node.count || node.id === chosen ? "bold" : "normal";
      const wide = widest(ctx, node.lines, size, weight) + 6, tall = node.lines.length * size * 1.15;
      const far = node.size * scale + (node.centre ? 6 : 4);
      const spaces = places(x, y, far, wide, tall);
      const box = spaces.find((place) => free(place, node.id)) ??
        (visible <= FIRST ? spaces.find((place) => clear(place)) : undefined);
      if (!box) continue;
      written += 1;
      taken.add(box);
      ctx.fillStyle = node.id === chosen ? colours.chosen : colours.ink;
      write(ctx, node.lines, box, size, colours, weight);
    }
    drawWords(ctx, at, free, taken, colours);
    ctx.restore();
    const text = written < visible
      ? data.words.names_fit.replace("{shown}", written).replace("{all}", visible) : "";
    if (text !== shown) document.getElementById("fit").textContent = shown = text;
  }

  /* Write on ties what they are: on all if they are few, else on those of who is chosen or pointed at. */
  function drawWords(ctx, at, free, taken, colours) {
    const near = chosen ?? hovered;
    for (const edge of current.edges) {
      const close = near !== null && (edge.from === near || edge.to === near);
      const said = edge.count ? close && data.words.fold_ties.replace("{count}", edge.count)
        : (current.edges.length <= CROWDED || close) && edge.word || (data.fewTies || close) && data.ties[edge.tie];
      if (!said) continue;
      const type = network.body.edges[edge.id]?.edgeType;
      if (!type) continue;
      const wide = widest(ctx, [said], SIZE.words, "italic");
      for (const part of [0.5, 0.4, 0.6]) {
        const [x, y] = at(type.getPoint(part));
        const box = [x - wide / 2, y - 8, x + wide / 2, y + 8];
        if (!free(box)) continue;
        taken.add(box);
        ctx.fillStyle = colours.ink;
        write(ctx, [said], [box[0], y - SIZE.words * 0.575, box[2], y], SIZE.words, colours, "italic");
        break;
      }
    }
  }

  function element(tag, text, parent) {
    const made = parent.appendChild(document.createElement(tag));
    made.textContent = text;
    return made;
  }

  function button(text, parent, action) {
    const made = element("button", text, parent);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  }

  /* What a tie's row of the table says. */
  function told(edge) {
    const row = document.getElementById(`tie-${edge.id}`);
    const sentence = row.cells[0].textContent;
    return edge.word ? `${sentence} (${edge.word})` : sentence;
  }

  /* Tell, under the map, who was chosen and what ties it has. */
  function tell(id) {
    const panel = document.getElementById("chosen");
    panel.replaceChildren();
    const before = chosen;
    chosen = id;
    if (current.edges.length > CROWDED && before !== id) recolour();
    network.redraw();
    if (id === null) return;
    if (current.byId.get(id).count) tellGroup(current.byId.get(id), panel);
    else tellActor(data.nodes[id], panel);
  }

  function tellActor(node, panel) {
    const [name, ...rest] = node.title.split("\n");
    element("h3", node.label, panel).dir = "auto";
    const facts = element("p", `${(name === node.label ? rest : []).join(", ")} · `, panel);
    facts.className = "facts";
    element("a", data.words.in_table, facts).href = `#actor-${node.id}`;
    const list = element("ul", "", panel);
    const own = data.edges.filter((edge) => edge.from === node.id || edge.to === node.id);
    for (const edge of own.slice(0, MOST_TOLD)) {
      const line = element("li", told(edge), list);
      const cells = document.getElementById(`tie-${edge.id}`).cells;
      const more = [cells[1], cells[4], cells[5]].map((cell) => cell.textContent).filter(Boolean).join(", ");
      if (more) element("span", `; ${more}`, line);
      for (const link of cells[6].querySelectorAll("a")) line.append(" ", link.cloneNode(true));
    }
    const more = own.length - MOST_TOLD;
    if (more > 0) element("li", data.words.more_ties.replace("{count}", more), list);
    if (node.fold !== undefined) {
      const line = element("p", "", panel);
      line.className = "facts";
      button(data.words.fold_close, line, () => fold([node.fold], true));
    }
  }

  function tellGroup(group, panel) {
    element("h3", data.words.fold.replace("{name}", data.folds[group.fold].name), panel).dir = "auto";
    const facts = element("p", "", panel);
    facts.className = "facts";
    button(data.words.fold_open, facts, () => fold([group.fold], false));
    element("span", group.title, facts);
    const best = [...members[group.fold]].sort((a, b) => b.degree - a.degree || a.id - b.id).slice(0, MOST_TOLD);
    const list = element("ul", "", panel);
    for (const node of best) button(node.label, element("li", "", list), () => point(node.id)).dir = "auto";
    if (group.count > best.length) element("li", data.words.found_more.split(";")[0].replace("{count}", group.count - best.length), list);
  }

  /* Fold or open groups. */
  function fold(groups, shut) {
    for (const n of groups) if (shut) folded.add(n); else folded.delete(n);
    refresh();
    tell(shut && groups.length === 1 ? `f${groups[0]}` : null);
    focus();
  }

  function point(id) {
    const node = data.nodes[id];
    if (hiddenKinds.delete(node.group)) {
      document.querySelector(`#filters [name="kind"][value="${node.group}"]`).checked = true;
      refresh();
    }
    if (folded.has(node.fold)) {
      folded.delete(node.fold);
      refresh();
    }
    network.selectNodes([id]);
    tell(id);
    const scale = Math.max(network.getScale(), 0.9);
    network.focus(id, { scale, animation: still.matches ? false : { duration: 250 } });
    holder.scrollIntoView({ block: "nearest" });
    focus();
  }

  /* Search: names with words that begin so, whatever their case and accents; who is called so in full comes first. */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const search = document.getElementById("search"), find = document.getElementById("find");
  const found = document.getElementById("found");
  const names = data.nodes.map((node) => ` ${plain(node.label)}`);

  function matches() {
    const words = plain(find.value).split(/\s+/).filter(Boolean);
    if (!words.length) return null;
    const all = data.nodes.filter((node) => words.every((word) => names[node.id].includes(` ${word}`)));
    const whole = (node) => names[node.id] === ` ${words.join(" ")}`;
    if (all.length) return [...all.filter(whole), ...all.filter((node) => !whole(node))];
    return data.nodes.filter((node) => words.every((word) => names[node.id].includes(word)));
  }

  function offer() {
    const all = matches();
    found.replaceChildren();
    if (all === null) return;
    for (const node of all.slice(0, MOST_FOUND)) button(node.label, found, () => take(node.id)).dir = "auto";
    if (!all.length) element("p", data.words.found_none, found);
    if (all.length > MOST_FOUND) element("p", data.words.found_more.replace("{count}", all.length - MOST_FOUND), found);
  }

  function take(id) {
    found.replaceChildren();
    find.value = data.nodes[id].label;
    point(id);
  }

  find.addEventListener("input", offer);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    found.replaceChildren();
    find.focus();
  });
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = matches() ?? [];
    if (first) take(first.id);
  });
  document.getElementById("filters").addEventListener("change", ({ target }) => {
    const hidden = target.name === "kind" ? hiddenKinds : hiddenTies;
    if (target.checked) hidden.delete(target.value); else hidden.add(target.value);
    refresh();
    tell(chosen);
  });

  const frame = holder.querySelector(".vis-network");
  const focus = () => HTMLElement.prototype.focus.call(frame, { preventScroll: true });
  frame.focus = () => {}; // or vis-network takes the focus whenever the mouse comes by
  frame.tabIndex = 0;
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", `${data.words.map_of}: ${document.title}`);
  frame.setAttribute("aria-describedby", "keys");
  network.on("afterDrawing", drawNames);
  network.on("click", ({ nodes: [id = null] }) => {
    focus();
    found.replaceChildren();
    tell(id);
  });
  network.on("doubleClick", ({ nodes: [id = null] }) => {
    const group = id === null ? undefined : current.byId.get(id);
    if (group?.count) fold([group.fold], false);
  });
  holder.addEventListener("wheel", (event) => {
    // The wheel scrolls the page, as everywhere, until the map is clicked.
    if (!event.ctrlKey && document.activeElement !== frame) event.stopPropagation();
  }, { capture: true });
  network.on("hoverNode", ({ node }) => { hovered = node; });
  network.on("blurNode", () => { hovered = null; });
  network.on("resize", showAll);
  document.getElementById("zoom-in").addEventListener("click", () => zoom(1.4));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
  document.getElementById("show-all").addEventListener("click", showAll);
  const every = data.folds.map((_, n) => n);
  document.getElementById("open-all")?.addEventListener("click", () => fold(every, false));
  document.getElementById("close-all")?.addEventListener("click", () => fold(every, true));
  for (const link of document.querySelectorAll("[data-node]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      point(Number(link.dataset.node));
    });
  }
  dark.addEventListener("change", recolour);
  showAll();
  window.weefselMap = network; // for tests, and for a reader's own console
})();

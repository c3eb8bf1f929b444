"use strict";
/* Draws the map from the page's data with vis-network. Names are written by us: at one size on the screen whatever the
   zoom, the most important first, and only where they cover no other name or symbol. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const holder = document.getElementById("map");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif';
  const MARGIN = { side: 78, narrow: 1 / 7, top: 34, bottom: 44 }; // room for names at the edges, in pixels on the screen
  const FIRST = 12; // so many names may cover signs, or the best known would go unnamed where it is crowded
  const SIZE = { names: 13.5, centre: 16, words: 12 }; // font sizes, in pixels on the screen
  let chosen = null;
  let hovered = null;
  let shown = "";

  holder.closest("[hidden]").hidden = false;
  for (const hint of document.querySelectorAll("#chosen [hidden]")) hint.hidden = false;
  arrange();
  const important = [...data.nodes].sort((a, b) => b.centre - a.centre || b.degree - a.degree || a.id - b.id);
  const ties = new Map(data.nodes.map((node) => [node.id, []]));
  for (const edge of data.edges) {
    ties.get(edge.from).push(edge);
    if (edge.to !== edge.from) ties.get(edge.to).push(edge);
  }

  /* Make the map fill its frame: turn it on a tall screen, stretch it a little, enlarge signs that would be small. */
  function arrange() {
    if (holder.clientHeight > holder.clientWidth) {
      for (const node of data.nodes) [node.x, node.y] = [node.y, node.x];
    }
    const wide = span("x"), tall = span("y");
    const [across, down] = [inner().wide / Math.max(wide, 1), inner().tall / Math.max(tall, 1)];
    const stretch = Math.min(Math.max(across, down) / Math.min(across, down), 1.8);
    const axis = across > down ? "x" : "y";
    if (wide && tall) for (const node of data.nodes) node[axis] = Math.round(node[axis] * stretch);
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
  const drawnNode = (node, colours) => {
    const fill = colours.kinds[node.group];
    return {
      id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.size, title: node.title,
      borderWidth: node.centre ? 4 : 1.5,
      color: { ...one(fill, colours.outline), highlight: one(fill, colours.chosen), hover: one(fill, colours.chosen) },
    };
  };
  const drawnEdge = (edge, colours) => ({
    id: edge.id, from: edge.from, to: edge.to, width: edge.width, dashes: edge.dashes, arrows: edge.arrows,
    smooth: edge.smooth, title: edge.title,
    color: {
      color: edge.faint ? colours.faint : colours.line, highlight: colours.chosen, hover: colours.chosen, inherit: false,
    },
  });
  const nodes = new vis.DataSet(data.nodes.map((node) => drawnNode(node, palette())));
  const edges = new vis.DataSet(data.edges.map((edge) => drawnEdge(edge, palette())));
  const network = new vis.Network(holder, { nodes, edges }, data.options);

  function showAll() {
    const middle = (axis) => {
      const all = data.nodes.map((node) => node[axis]);
      return (Math.min(...all) + Math.max(...all)) / 2;
    };
    const scale = fitting();
    const lower = (MARGIN.bottom - MARGIN.top) / 2 / scale;
    network.moveTo({ position: { x: middle("x"), y: middle("y") + lower }, scale, animation: false });
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: still.matches ? false : { duration: 150 } });
  }

  /* Boxes are [left, top, right, bottom] in pixels on the screen. */
  const apart = (a, b) => a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];

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

  function widest(ctx, lines, size, weight) {
    ctx.font = `${weight} ${size}px ${FONT}`;
    return Math.max(...lines.map((line) => ctx.measureText(line).width));
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
    if (first === null) return important;
    const near = new Set(ties.get(first).flatMap((edge) => [edge.from, edge.to]));
    const rank = (node) => (node.id === first ? 0 : near.has(node.id) ? 1 : 2);
    return [...important].sort((a, b) => rank(a) - rank(b));
  }

  function drawNames(ctx) {
    const scale = network.getScale();
    const spots = network.getPositions();
    const colours = palette();
    const width = holder.clientWidth, height = holder.clientHeight;
    const middle = network.getViewPosition();
    const at = (p) => [(p.x - middle.x) * scale + width / 2, (p.y - middle.y) * scale + height / 2];
    const within = (box) => box[0] >= 2 && box[1] >= 2 && box[2] <= width - 2 && box[3] <= height - 2;
    const symbols = data.nodes.map((node) => {
      const [x, y] = at(spots[node.id]), half = node.size * scale * 0.8;
      return [x - half, y - half, x + half, y + half];
    });
    const taken = [];
    const clear = (box) => within(box) && taken.every((other) => apart(box, other));
    const free = (box, own) => clear(box) && symbols.every((symbol, n) => n === own || apart(box, symbol));

    ctx.save();
    ctx.translate(middle.x, middle.y);
    ctx.scale(1 / scale, 1 / scale);
    ctx.translate(-width / 2, -height / 2);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    let written = 0, visible = 0;
    for (const node of ordered()) {
      const [x, y] = at(spots[node.id]);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      visible += 1;
      const size = node.centre ? SIZE.centre : SIZE.names;
      const weight = node.centre || node.id === chosen ? "bold" : "normal";
      const wide = widest(ctx, node.lines, size, weight) + 6, tall = node.lines.length * size * 1.15;
      const far = node.size * scale + (node.centre ? 6 : 4);
      const spaces = places(x, y, far, wide, tall);
      const box = spaces.find((place) => free(place, node.id)) ??
        (visible <= FIRST ? spaces.find((place) => clear(place)) : undefined);
      if (!box) continue;
      written += 1;
      taken.push(box);
      ctx.fillStyle = node.id === chosen ? colours.chosen : colours.ink;
      write(ctx, node.lines, box, size, colours, weight);
    }
    const near = chosen ?? hovered;
    for (const edge of data.edges) {
      const close = near !== null && (edge.from === near || edge.to === near);
      const text = edge.word || (data.fewTies || close ? edge.kind : "");
      if (!text) continue;
      const type = network.body.edges[edge.id]?.edgeType;
      if (!type) continue;
      const wide = widest(ctx, [text], SIZE.words, "normal");
      for (const part of [0.5, 0.4, 0.6]) {
        const [x, y] = at(type.getPoint(part));
        const box = [x - wide / 2, y - 8, x + wide / 2, y + 8];
        if (!free(box, -1)) continue;
        taken.push(box);
        ctx.fillStyle = colours.ink;
        write(ctx, [text], [box[0], y - SIZE.words * 0.575, box[2], y], SIZE.words, colours, "italic");
        break;
      }
    }
    ctx.restore();
    const told = written < visible
      ? data.words.names_fit.replace("{shown}", written).replace("{all}", visible) : "";
    if (told !== shown) document.getElementById("fit").textContent = shown = told;
  }

  function element(tag, text, parent) {
    const made = parent.appendChild(document.createElement(tag));
    made.textContent = text;
    return made;
  }

  /* Tell, under the map, who was chosen and what ties it has. */
  function tell(id) {
    const panel = document.getElementById("chosen");
    panel.replaceChildren();
    chosen = id;
    network.redraw();
    if (id === null) return;
    const [name, ...rest] = data.nodes[id].title.split("\n");
    element("h3", data.nodes[id].label, panel).dir = "auto";
    const facts = element("p", `${(name === data.nodes[id].label ? rest : []).join(", ")} · `, panel);
    facts.className = "facts";
    element("a", data.words.in_table, facts).href = `#actor-${id}`;
    const list = element("ul", "", panel);
    for (const edge of ties.get(id).slice(0, 12)) element("li", edge.sentence, list);
    const more = ties.get(id).length - 12;
    if (more > 0) element("li", data.words.more_ties.replace("{count}", more), list);
  }

  function point(id) {
    network.selectNodes([id]);
    tell(id);
    const scale = Math.max(network.getScale(), 0.9);
    network.focus(id, { scale, animation: still.matches ? false : { duration: 250 } });
    holder.scrollIntoView({ block: "nearest" });
    focus();
  }

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
    tell(id);
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
  for (const link of document.querySelectorAll("[data-node]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      point(Number(link.dataset.node));
    });
  }
  dark.addEventListener("change", () => {
    nodes.update(data.nodes.map((node) => ({ id: node.id, color: drawnNode(node, palette()).color })));
    edges.update(data.edges.map((edge) => ({ id: edge.id, color: drawnEdge(edge, palette()).color })));
  });
  showAll();
  window.weefselMap = network; // for tests, and for a reader's own console
})();

// Draws the charts of a page with the plotly.js that lies beside it. Without that script, or without scripts at all, the
// still picture of each chart stays where it is.
(() => {
  "use strict";
  if (!window.Plotly) return;

  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  // Where a finger scrolls the page, a chart must not take the finger for a zoom, and its buttons would lie on its title.
  const touched = window.matchMedia("(max-width: 40rem), (pointer: coarse)");
  const figures = [...document.querySelectorAll("figure.chart")];
  const pen = document.createElement("canvas").getContext("2d");

  // The page's own colours, so that charts follow it from light to dark.
  function palette() {
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    return { ink: colour("--ink"), faint: colour("--faint"), grid: colour("--grid"), paper: colour("--paper"), raised: colour("--raised"), accent: colour("--accent") };
  }

  // 0 for black, 1 for white, null for what is not a plain colour.
  function lightness(colour) {
    let parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
    if (parts) parts = parts.slice(1).map(part => parseInt(part, 16));
    else {
      parts = /^rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)/i.exec(colour);
      if (parts) parts = parts.slice(1).map(Number);
    }
    if (!parts) return { black: 0, white: 1 }[colour] ?? null;
    return (0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]) / 255;
  }

  // Black on black shows nothing: near-black lines, marks and words take the page's ink.
  function visible(value, ink, isColour = false) {
    if (Array.isArray(value)) return value.map(item => visible(item, ink, isColour));
    if (isColour && typeof value === "string") {
      const shade = lightness(value);
      return shade !== null && shade < 0.25 ? ink : value;
    }
    if (value === null || typeof value !== "object") return value;
    // Words within a bar stand on the bar's colour, which stays.
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, name === "insidetextfont" ? item : visible(item, ink, name === "color")]));
  }

  function axis(given, colours) {
    return {
      ...given,
      automargin: given.automargin ?? true,
      color: colours.ink,
      gridcolor: colours.grid,
      zerolinecolor: colours.grid,
      linecolor: colours.faint,
      tickfont: { ...given.tickfont, color: colours.ink },
      title: typeof given.title === "string" ? given.title : { ...given.title, font: { ...given.title?.font, color: colours.ink } },
    };
  }

  // Breaks lines of plotly's markup anew, so that they fit.
  function broken(lines, room) {
    const reader = document.createElement("template");
    reader.innerHTML = lines.replaceAll("<br>", " ");
    const fits = text => pen.measureText(text).width <= room;
    const anew = [];
    for (let word of reader.content.textContent.split(" ").filter(Boolean)) {
      if (anew.length > 0 && fits(`${anew.at(-1)} ${word}`)) {
        anew[anew.length - 1] += ` ${word}`;
        continue;
      }
      while (word) {
        let letters = word.length;
        while (letters > 1 && !fits(word.slice(0, letters))) letters--;
        anew.push(word.slice(0, letters));
        word = word.slice(letters);
      }
    }
    return anew.map(line => line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")).join("<br>");
  }

  // Notebooks break a chart's title for a notebook's column. Here it takes the width it has; what lies below keeps its place
  // below it.
  function titled(layout, width) {
    const parts = /^<b>(.*)<\/b><br><span style="font-size:(\d+)px">(.*)<\/span>$/.exec(layout.title?.text ?? "");
    if (!parts || !layout.height || !layout.margin || width === 0) return layout;
    const [, name, small, below] = parts;
    const { size, pad } = { size: layout.title.font?.size ?? 16, pad: layout.title.pad?.l ?? 0 };
    // Where a mouse shows the chart's buttons, they lie at the right end of the first line.
    const room = width - pad - (touched.matches ? 16 : 150);
    const family = layout.font?.family ?? "sans-serif";
    pen.font = `bold ${size}px ${family}`;
    const first = broken(name, room);
    pen.font = `${small}px ${family}`;
    const second = broken(below, room);
    const count = text => text.split("<br>").length;
    const more = Math.round(1.3 * (size * (count(first) - count(name)) + small * (count(second) - count(below))));
    const height = layout.height + more;
    const scale = layout.height / height;
    return {
      ...layout,
      height,
      margin: { ...layout.margin, t: layout.margin.t + more },
      title: { ...layout.title, text: `<b>${first}</b><br><span style="font-size:${small}px">${second}</span>`, y: 1 - (1 - layout.title.y) * scale },
      legend: layout.legend?.yref === "container" ? { ...layout.legend, y: layout.legend.y * scale } : layout.legend,
    };
  }

  function themed(spec, width) {
    const colours = palette();
    const given = titled(spec.layout ?? {}, width);
    const own = dark.matches ? visible(given, colours.ink) : given;
    const layout = {
      ...own,
      autosize: true,
      width: undefined,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { ...own.font, color: colours.ink },
      legend: { ...own.legend, bgcolor: "rgba(0,0,0,0)", font: { ...own.legend?.font, color: colours.ink } },
      modebar: { ...own.modebar, bgcolor: "rgba(0,0,0,0)", color: colours.faint, activecolor: colours.accent },
      hoverlabel: { ...own.hoverlabel, bgcolor: colours.paper, font: { ...own.hoverlabel?.font, color: colours.ink } },
    };
    if (own.title) layout.title = typeof own.title === "string" ? own.title : { ...own.title, font: { ...own.title.font, color: colours.ink } };
    const names = new Set(["xaxis", "yaxis", ...Object.keys(own).filter(name => /^[xy]axis\d*$/.test(name))]);
    for (const name of names) layout[name] = axis(own[name] ?? {}, colours);
    // A veil of paper over what has not happened yet is of this page's paper.
    if (dark.matches && own.shapes) layout.shapes = own.shapes.map(shape => lightness(shape.fillcolor) > 0.9 ? { ...shape, fillcolor: colours.raised, opacity: 0.9 } : shape);
    const data = dark.matches ? visible(spec.data, colours.ink) : spec.data;
    if (touched.matches) layout.dragmode = false;
    return [structuredClone(data), structuredClone(layout), { ...spec.config, responsive: true, displaylogo: false, displayModeBar: touched.matches ? false : spec.config?.displayModeBar }];
  }

  const specOf = figure => JSON.parse(figure.querySelector('script[type="application/json"]').textContent);

  // One after the other: turning a phone changes its width and the kind of page at once.
  const turns = new Map();
  function draw(figure) {
    figure.dataset.drawn = "soon";
    turns.set(figure, (turns.get(figure) ?? Promise.resolve()).then(() => drawNow(figure)));
  }

  function drawNow(figure) {
    const drawing = figure.querySelector(".drawing");
    const spec = specOf(figure);
    // Shown before it is drawn: a chart takes its width from the place it has.
    figure.classList.add("drawn");
    figure.classList.remove("roomy");
    figure.dataset.drawn = "soon";
    return paint(figure, spec).then(() => giveRoom(figure, drawing, spec)).then(() => {
      figure.dataset.drawn = "yes";
    }).catch(fault => {
      figure.classList.remove("drawn");
      console.error(fault);
    });
  }

  function paint(figure, spec) {
    const drawing = figure.querySelector(".drawing");
    const [data, layout, config] = themed(spec, widthOf(figure));
    if (layout.height) drawing.style.height = `${layout.height}px`;
    return window.Plotly.newPlot(drawing, data, layout, config);
  }

  // Of what is seen at once: words of a title do not scroll out of sight.
  const widthOf = figure => Math.min(figure.querySelector(".drawing").clientWidth, figure.querySelector(".scroller").clientWidth);

  const breaksElsewhere = figure =>
    titled(specOf(figure).layout ?? {}, widthOf(figure)).title?.text !== figure.querySelector(".drawing").layout.title?.text;

  // On a phone some words are wider than the page, or a legend is higher than its place: such a chart gets the room it needs
  // and scrolls in its own box.
  async function giveRoom(figure, drawing, spec) {
    const scroller = figure.querySelector(".scroller");
    scroller.removeAttribute("tabindex");
    for (const room of ["30rem", "37rem", "44rem"]) {
      if (!touched.matches || !isCrowded(drawing)) return;
      figure.style.setProperty("--room", room);
      figure.classList.add("roomy");
      scroller.tabIndex = 0;
      await paint(figure, spec);
    }
  }

  function isCrowded(drawing) {
    const edge = drawing.getBoundingClientRect();
    const words = [...drawing.querySelectorAll(".main-svg text")].filter(word => word.textContent.trim()).map(word => word.getBoundingClientRect());
    const covers = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
      && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > Math.min(one.height, other.height) / 3;
    return words.some((word, index) => word.left < edge.left - 1 || word.right > edge.right + 1 || word.bottom > edge.bottom + 1 || words.slice(index + 1).some(other => covers(word, other)));
  }

  // Charts are drawn as they come near: a long page is ready at once.
  const near = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      near.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "800px 0px" });
  for (const figure of figures) near.observe(figure);

  // A window made narrower or wider may break a title elsewhere.
  window.addEventListener("resize", () => figures.filter(figure => figure.dataset.drawn === "yes" && breaksElsewhere(figure)).forEach(draw));

  for (const change of [dark, touched]) change.addEventListener("change", () => figures.filter(figure => figure.classList.contains("drawn")).forEach(draw));
})();

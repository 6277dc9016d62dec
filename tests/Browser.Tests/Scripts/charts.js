() => {
  const shown = element => {
    for (let at = element; at instanceof SVGElement; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.display === "none" || style.visibility === "hidden" || Number(style.opacity) === 0) return false;
    }
    return true;
  };
  const box = element => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { left, top, width, height };
  };
  const transparent = colour => colour === "none" || colour === "transparent" || /^rgba\(.*, 0\)$/.test(colour);
  const coloured = mark => {
    const style = getComputedStyle(mark);
    const filled = !transparent(style.fill) && Number(style.fillOpacity) > 0;
    const stroked = !transparent(style.stroke) && Number(style.strokeOpacity) > 0 && parseFloat(style.strokeWidth) > 0;
    return filled || stroked;
  };
  const figures = [...document.querySelectorAll("figure.chart")];
  return figures.map(figure => {
    const drawing = figure.querySelector(".drawing");
    const svg = drawing.querySelector(".main-svg");
    if (!svg) return { id: figure.closest(".cell").id, drawn: false, box: box(figure), marks: 0, bars: [], texts: [], data: [], plotWidth: 0 };
    const marks = [...drawing.querySelectorAll(".plot path, .plot rect, .shapelayer path")]
      .filter(mark => { const at = mark.getBoundingClientRect(); return Math.max(at.width, at.height) >= 1 && shown(mark) && coloured(mark); });
    // The element that hovering uses is not seen; Plotly draws words twice when they have an outline of the paper's colour.
    const texts = [...drawing.querySelectorAll(".main-svg text")]
      .filter(text => text.textContent.trim() && shown(text) && !text.closest(".hoverlayer"))
      .map(text => ({ text: text.textContent.replace(/ /g, " ").trim(), size: parseFloat(getComputedStyle(text).fontSize), ...box(text) }));
    const bars = [...drawing.querySelectorAll(".barlayer .trace.bars")]
      .map(trace => [...trace.querySelectorAll(".point path")].map(box));
    return {
      id: figure.closest(".cell").id,
      drawn: true,
      box: box(svg),
      marks: marks.length,
      texts,
      bars,
      modebar: drawing.querySelector(".modebar-group") ? [...drawing.querySelectorAll(".modebar-group")].map(box) : [],
      plotWidth: drawing._fullLayout._size.w,
      data: drawing.data,
      layout: { xaxis: { range: drawing._fullLayout.xaxis?.range, type: drawing._fullLayout.xaxis?.type } },
    };
  });
}

async () => {
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  const inView = () => [...document.querySelectorAll("figure.chart")].filter(figure => {
    const box = figure.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  });
  for (let left = 3000; !inView().every(figure => figure.dataset.drawn === "yes"); left--) {
    if (left === 0) throw new Error("a chart in view is not drawn");
    await frame();
  }
  await new Promise(resolve => requestIdleCallback(resolve));
  return { milliseconds: performance.now(), charts: document.querySelectorAll("figure[data-drawn=yes]").length };
}

async () => {
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  await frame();
  for (const figure of document.querySelectorAll("figure.chart")) {
    figure.scrollIntoView({ block: "center" });
    for (let left = 1000; left > 0 && figure.dataset.drawn !== "yes"; left--) await frame();
  }
  window.scrollTo(0, 0);
  await frame();
}

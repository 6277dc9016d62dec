async () => {
  const frame = () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  for (const figure of document.querySelectorAll("figure.chart")) {
    figure.scrollIntoView({ block: "center" });
    for (let left = 500; left > 0 && !figure.querySelector(".drawing")?._fullLayout?._size; left--) await frame();
    await frame();
  }
  window.scrollTo(0, 0);
  await frame();
}

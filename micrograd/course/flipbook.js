// Turns the pages beside this script into one picture with controls. Where no script runs, the
// pages open one by one.
(() => {
  const book = document.currentScript?.parentElement;
  const found = [...(book?.querySelectorAll("details") ?? [])];
  if (found.length < 2) return;

  const make = (kind, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(kind), properties);
    element.append(...children);
    return element;
  };
  // JupyterLab takes the keys of whatever does not itself say that it needs them.
  const control = (kind, properties) => {
    const element = make(kind, properties);
    element.setAttribute("data-lm-suppress-shortcuts", "true");
    return element;
  };

  const pages = found.map((details) => make("figure", {},
    ...details.querySelectorAll("img"),
    make("figcaption", {}, ...details.querySelector("summary").childNodes)));
  const back = control("button", { type: "button", textContent: "← Back" });
  const play = control("button", { type: "button", textContent: "Play" });
  const next = control("button", { type: "button", textContent: "Next →" });
  const slider = control("input", { type: "range", min: 1, max: pages.length, step: 1, value: 1,
    ariaLabel: "Page" });
  const count = make("span", { className: "count" });
  const spoken = make("p", { className: "spoken", ariaLive: "polite" });
  const controls = make("div", { className: "controls", role: "group", ariaLabel: "Flipbook" },
    back, play, next, slider, count);

  let now = 0, timer = 0;
  const show = (page) => {
    now = Math.min(Math.max(page, 0), pages.length - 1);
    pages.forEach((each, i) => each.classList.toggle("now", i === now));
    slider.value = now + 1;
    slider.ariaValueText = count.textContent = `${now + 1} of ${pages.length}`;
    back.ariaDisabled = now === 0;
    next.ariaDisabled = now === pages.length - 1;
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  };
  const turn = (page) => {
    show(page);
    spoken.textContent = pages[now].querySelector("figcaption").textContent;
  };
  const go = (page) => { stop(); turn(page); };
  const start = () => {
    if (now === pages.length - 1) turn(0);
    play.textContent = "Pause";
    timer = setInterval(() => {
      if (!book.isConnected) return stop();
      turn(now + 1);
      if (now === pages.length - 1) stop();
    }, 2500);
  };

  back.onclick = () => go(now - 1);
  next.onclick = () => go(now + 1);
  play.onclick = () => (timer ? stop() : start());
  slider.oninput = () => go(slider.value - 1);
  play.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
  controls.onkeydown = (event) => {
    const to = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: pages.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    go(to);
  };

  if (book.previousSibling?.nodeType === Node.TEXT_NODE) book.previousSibling.remove();
  found.forEach((details) => details.remove());
  book.prepend(controls, make("div", { className: "pages" }, ...pages), spoken);
  show(0);
})();

// Tells, beside the button of a page, what this browser keeps of the learner's work on its notebook:
// the copy that the button opens, and copies from earlier editions of the course, which a newer one
// would otherwise leave behind. JupyterLite keeps them in the browser's own database.
(async () => {
  const line = document.querySelector(".run[data-path]");
  const databases = (await indexedDB.databases?.()) ?? [];
  if (!line || !databases.some(({ name }) => name === line.dataset.storage)) return;

  const asked = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const database = await asked(indexedDB.open(line.dataset.storage));
  if (!database.objectStoreNames.contains("files")) return database.close();
  const files = (mode) => database.transaction("files", mode).objectStore("files");

  const path = line.dataset.path; // course-EDITION/notebooks/NN_name.ipynb
  const [edition, ...inside] = path.split("/");
  const stem = inside.join("/").replace(/\.ipynb$/, "");
  const mine = (await asked(files("readonly").getAllKeys()))
    .filter((key) => key.includes(`/${stem}.`) || key.includes(`/${stem}-`));

  const say = (text, label, act) => {
    const button = Object.assign(document.createElement("button"), { textContent: label, onclick: act });
    const words = Object.assign(document.createElement("small"), { textContent: `${text} ` });
    words.append(button);
    line.append(words);
  };
  const open = (key) => { location.href = line.querySelector("a").href.replace(path, key); };
  const bring = async (key) => { // from an earlier edition into this one, under a name of its own
    const copy = await asked(files("readonly").get(key));
    const name = `${stem.split("/").pop()}-${key.split("/")[0].replace("course-", "")}.ipynb`;
    const target = `${path.split("/").slice(0, -1).join("/")}/${name}`;
    const store = files("readwrite");
    store.put({ ...copy, name, path: target }, target);
    await asked(store.delete(key));
    open(target);
  };
  const forget = async () => {
    if (!confirm("Delete your copy of this notebook from this browser, and begin again with the original?")) return;
    await asked(files("readwrite").delete(path));
    location.reload();
  };

  for (const key of mine) {
    if (key === path) say("Your copy of this notebook is kept in this browser.", "Begin again", forget);
    else if (key.startsWith(`${edition}/`)) say("Your copy from an earlier edition is kept, too.", "Open it", () => open(key));
    else say("There is a newer edition of this notebook than the copy you worked on.", "Open your copy", () => bring(key));
  }
})();

// @ts-check
/** What a notebook runs: it turns the modules of the page, which come as text, into modules that import each other. */

/** @type {Record<string, string>} the text of each module by its path */
const modules = /* modules */ {};
const styles = /* styles */ "";

const own = ":host { display: block; background: var(--ground); color: var(--ink); font: 400 15px/1.45 var(--sans); }";

/** @type {Record<string, Promise<string>>} */
const addresses = {};

/** The address of a module once those that it imports have theirs.
 * @param {string} path @returns {Promise<string>} */
function addressOf(path) {
  return (addresses[path] ??= (async () => {
    let text = modules[path] ?? "";
    const asked = new Set([...text.matchAll(/from ?"(\.[^"]+)"/g)].map(([, name]) => String(name)));
    for (const name of asked) {
      const address = await addressOf(new URL(name, `file:///${path}`).pathname.slice(1));
      text = text.replaceAll(`"${name}"`, `"${address}"`);
    }
    return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  })());
}

/** @param {{model: {get: (name: string) => any}, el: HTMLElement}} given */
async function render({ model, el }) {
  const { draw } = await import(await addressOf("notebook/panels.js"));
  const root = el.attachShadow({ mode: "open" }); // so that neither the page's styles nor the notebook's reach the other
  const style = document.createElement("style"), inside = document.createElement("div");
  style.textContent = styles.replaceAll(":root", ":host") + own;
  root.append(style, inside);
  return draw(model.get("content"), inside);
}

export default { render };

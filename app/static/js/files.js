// @ts-check
/** Out of the page: a file to save, a text to copy. */
import { notices } from "./library.js";
import { t } from "./text.js";

/** @param {string} name @param {Blob} file */
export function saveFile(name, file) {
  const place = URL.createObjectURL(file), anchor = document.createElement("a");
  anchor.href = place;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(place), 10_000);
}

/** Copy a text, and say so. Pages that are not on this machine have no clipboard of their own. @param {string} text */
export async function copied(text) {
  try { await navigator.clipboard.writeText(text); }
  catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const said = t("Copied.");
  notices.value = [...notices.value, said];
  setTimeout(() => { notices.value = notices.value.filter((one) => one !== said); }, 3000);
}

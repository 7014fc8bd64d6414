// @ts-check
/** Out of the page: a file to save, a text to copy. */
import { notices } from "./library.js";
import { local } from "./state.js";
import { t } from "./text.js";

/** @param {string} name @param {Blob} file */
export function saveFile(name, file) {
  const place = URL.createObjectURL(file), anchor = document.createElement("a");
  anchor.href = place;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(place), 10_000);
}

/** Copy an address, and say where it opens.
 * @param {string} address */
export const copiedLink = (address) => copied(address, local
  ? t("Copied. This link opens on this computer only; for colleagues elsewhere send the report or the YAML file, or start `xinzhi app --host`.") : t("Copied."));

/** Copy a text, and say so. Pages that are not on this machine have no clipboard of their own.
 * @param {string} text @param {string} [said] */
export async function copied(text, said = t("Copied.")) {
  try { await navigator.clipboard.writeText(text); }
  catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  notices.value = [...notices.value, said];
  setTimeout(() => { notices.value = notices.value.filter((one) => one !== said); }, said.length > 60 ? 12_000 : 3_000);
}

// Printed reports: A4, complete, with page numbers and the marking on every page.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { hardCases, launch, open, reports } from "./browser.js";

let browser, folder;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "safeseat-print-"));
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

for (const page of [...reports, ...hardCases]) {
  test(`${page.name} prints on A4`, async () => {
    const { tab, close } = await open(browser, page);
    const marking = tab.locator(".marking");
    const expected = (await marking.count()) ? (await marking.textContent()).toUpperCase() : "";
    const folded = (await tab.locator("details").last().locator("dd, li").last().textContent({ timeout: 500 }).catch(() => "")) ?? "";
    const path = join(folder, `${page.name}.pdf`);
    await tab.pdf({ path, preferCSSPageSize: true });
    await close();

    assert.match(execFileSync("pdfinfo", [path], { encoding: "utf8" }), /Page size: +59\d\.?\d* x 84\d/);
    const sheets = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
    for (const [index, sheet] of sheets.entries()) {
      assert.ok(sheet.includes(`Page ${index + 1} of ${sheets.length}`), `page ${index + 1} has no number`);
      // Long markings are cut in the margin; scripts without capitals and other ligatures differ in the text layer.
      if (/^[A-Z ]{1,40}$/.test(expected)) assert.ok(sheet.includes(expected), `page ${index + 1} has no marking`);
    }
    const words = folded.match(/[A-Za-z]{5,}/g) ?? [];
    const printed = sheets.join(" ");
    assert.ok(words.slice(0, 3).every((word) => printed.includes(word)), "what is folded on screen is not printed");
  });
}

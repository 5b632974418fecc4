// Pictures of reports for a person to look at: node screenshots.js FOLDER-FOR-PICTURES [REPORT.html...]

import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { hardCases, launch, open, reports, schemes, unfold, widths } from "./browser.js";

const [folder = "shots", ...paths] = process.argv.slice(2);
const chosen = paths.map((path) => ({ name: basename(path, ".html"), path }));
const pages = chosen.length ? chosen : [...reports, ...hardCases];

mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const page of pages) {
  for (const scheme of schemes) {
    const { tab, close } = await open(browser, page, scheme);
    for (const width of widths) {
      if (scheme.name !== "light" && width === 768) continue;
      await tab.setViewportSize({ width, height: 900 });
      const path = join(folder, `${page.name}-${width}-${scheme.name.replace(" ", "-")}.png`);
      await tab.screenshot({ path, fullPage: true });
    }
    if (scheme.name === "light") {
      await unfold(tab, true);
      await tab.screenshot({ path: join(folder, `${page.name}-1280-unfolded.png`), fullPage: true });
      await tab.pdf({ path: join(folder, `${page.name}.pdf`), preferCSSPageSize: true });
    }
    await close();
  }
}
await browser.close();

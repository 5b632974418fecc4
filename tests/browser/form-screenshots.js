// Pictures of the form for a person to look at: node form-screenshots.js FOLDER-FOR-PICTURES

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.js";
import { enter, serve, stopAll, walk } from "./form.js";

const [folder = "shots"] = process.argv.slice(2);
const looks = [
  { name: "laptop", viewport: { width: 1280, height: 800 } },
  { name: "phone", viewport: { width: 360, height: 740 } },
  { name: "dark", viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
];

mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const { name: look, ...options } of looks) {
  const site = await serve();
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  await enter(tab, site);
  for (const [name, go] of walk) {
    await go(tab, site);
    await tab.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: true });
  }
  await context.close();
}
await browser.close();
await stopAll();

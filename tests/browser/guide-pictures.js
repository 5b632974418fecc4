// The pictures of docs/answering-on-a-page.md: node guide-pictures.js. Each must stay under 60 KB; few colours do that.

import { join } from "node:path";
import { launch, root } from "./browser.js";
import { enter, serve, stopAll, submit } from "./form.js";

const browser = await launch();
const site = await serve();
const context = await browser.newContext({ viewport: { width: 720, height: 640 } });
const tab = await context.newPage();
const picture = async (name, height) => {
  await tab.setViewportSize({ width: 720, height });
  await tab.evaluate(() => scrollTo(0, 0));
  await tab.screenshot({ path: join(root, "docs", `${name}.png`) });
};

await enter(tab, site);
await tab.getByLabel("Ten-minute check").check();
await submit(tab, "Continue");
await tab.getByLabel("Name of your organisation").fill("Northmoor & Vale Constituency Association");
await tab.getByLabel("Local party").check();
await submit(tab);

await tab.goto(`${site.origin}/question/acc.mfa-admin`);
await tab.locator("input[name=answer]").nth(1).check();
await picture("page-question", 1010);
await submit(tab);

await tab.goto(`${site.origin}/question/acc.mfa-email`);
await tab.locator("input[name=typed]").fill("61 of 60");
await submit(tab);
await picture("page-mistake", 720);
await tab.locator("input[name=typed]").fill("57 of 60");
await submit(tab);

for (let facts = 0; facts < 2; facts++) {
  await tab.goto(`${site.origin}/tasks`);
  await tab.getByRole("link", { name: "What your organisation has and does" }).click();
  await submit(tab);
}
await tab.goto(`${site.origin}/tasks`);
await picture("page-areas", 820);
await browser.close();
await stopAll();

// Every report in a real browser: readable by everyone, at every width, without scripts and without a network.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { hardCases, launch, open, reports, schemes, unfold, widths } from "./browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Advice for search engines; here a title is as long as a name. */
const rules = { "long-title": "off" };
const pages = [...reports, ...hardCases];

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("there are pages to look at", () => {
  assert.ok(hardCases.length > 0);
  assert.ok(reports.length > 0, "set REPORTS to a folder with reports");
});

// Two pages at a time: the work is done in the browser, by a process of its own for each.
describe("every page", { concurrency: 2 }, () => pages.forEach(looks));

function looks(page) {
  test(`${page.name} is valid HTML`, async () => {
    const validator = new HtmlValidate({ extends: ["html-validate:recommended"], rules });
    const { results } = await validator.validateString(readFileSync(page.path, "utf8"));
    const messages = results.flatMap((result) => result.messages);
    assert.deepEqual(messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`).slice(0, 20), []);
  });

  for (const scheme of schemes) {
    test(`${page.name} breaks no rule of accessibility in ${scheme.name}`, async () => {
      const { tab, heard, close } = await open(browser, page, scheme);
      await tab.evaluate(axe);
      for (const width of widths) {
        await tab.setViewportSize({ width, height: 900 });
        // Folded, a page shows less of the same; once per width is enough.
        for (const unfolded of scheme.name === "light" ? [false, true] : [true]) {
          await unfold(tab, unfolded);
          const broken = await tab.evaluate(violations, tags);
          assert.deepEqual(broken, [], `${width} px, ${unfolded ? "unfolded" : "folded"}`);
          const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth);
          assert.ok(wide <= width, `${wide} px wide on a screen of ${width} px`);
        }
      }
      assert.deepEqual(heard, { requests: [], complaints: [] });
      await close();
    });
  }

  test(`${page.name} works without scripts`, async () => {
    const { tab, heard, close } = await open(browser, page, { javaScriptEnabled: false });
    assert.ok(await tab.getByRole("heading", { level: 1 }).isVisible());
    const summary = tab.locator("summary").first();
    if (await summary.count()) {
      await summary.click();
      assert.ok(await tab.locator("details[open] > :nth-child(2)").first().isVisible());
    }
    const contents = tab.locator(".toc a");
    if (await contents.count()) {
      await contents.last().click();
      assert.match(tab.url(), /#method$/);
    }
    assert.deepEqual(heard, { requests: [], complaints: [] });
    await close();
  });
}

/** Runs in the page. */
async function violations(tags) {
  const { violations } = await axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
}
